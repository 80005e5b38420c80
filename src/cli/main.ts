/**
 * The command line: recordings in, reports out, without a browser. Everything outside comes in as `io`,
 * so tests need no process.
 */
import { simulate } from '../engine/index.ts';
import type { Scenario } from '../engine/scenario.ts';
import { fileText, MOST_FILE_BYTES } from '../scenario/fileText.ts';
import { parseScenario } from '../scenario/parse.ts';

export interface CommandLineIo {
  /** The first `most` bytes, fewer when there are no more. */
  readStdin(most: number): Promise<Uint8Array<ArrayBuffer>>;
  readFile(path: string, most: number): Promise<Uint8Array<ArrayBuffer>>;
  out(text: string): void;
  err(text: string): void;
}

const USAGE = `Usage: npm run --silent simulate -- [--pretty] FILE...

Runs scenario files and prints one report a file as JSON, one a line when there are several.
FILE is a scenario as public/scenario.schema.json describes it; - reads standard input.

  --pretty   prints reports for people, indented
  --help     prints this text

Exit code: 0 when all reports are printed; 2 when a file cannot be read or is not valid. Then every
problem is a line on standard error (path: what is wrong, allowed: what is allowed) and
nothing is printed on standard output.
`;

const DONE = 0;
const BAD_INPUT = 2;

/** @returns The exit code. */
export async function main(args: readonly string[], io: CommandLineIo): Promise<number> {
  const request = readArguments(args);
  if (request.help) {
    io.out(USAGE);
    return DONE;
  }
  if (request.fault !== null) {
    io.err(`${request.fault}\n\n${USAGE}`);
    return BAD_INPUT;
  }
  const scenarios: Scenario[] = [];
  const problems: string[] = [];
  for (const file of request.files) {
    const result = await readScenario(file, request.files.length > 1, io);
    if (Array.isArray(result)) problems.push(...result);
    else scenarios.push(result);
  }
  if (problems.length > 0) {
    io.err(`${problems.join('\n')}\n`);
    return BAD_INPUT;
  }
  for (const scenario of scenarios) {
    io.out(`${JSON.stringify(simulate(scenario), null, request.pretty ? 2 : 0)}\n`);
  }
  return DONE;
}

interface Request {
  readonly files: readonly string[];
  readonly pretty: boolean;
  readonly help: boolean;
  readonly fault: string | null;
}

/** What begins with a dash is an option, except `-` itself and everything behind `--`. */
function readArguments(args: readonly string[]): Request {
  const end = args.indexOf('--');
  const before = end < 0 ? args : args.slice(0, end);
  const behind = end < 0 ? [] : args.slice(end + 1);
  const isOption = (text: string): boolean => text.startsWith('-') && text !== '-';
  const options = before.filter(isOption);
  const files = [...before.filter((text) => !isOption(text)), ...behind];
  const unknown = options.find((option) => !['--pretty', '--help', '-h'].includes(option));
  return {
    files,
    pretty: options.includes('--pretty'),
    help: options.includes('--help') || options.includes('-h'),
    fault: argumentFault(unknown, files),
  };
}

function argumentFault(unknown: string | undefined, files: readonly string[]): string | null {
  if (unknown !== undefined) return `There is no option ${unknown}.`;
  if (files.length === 0) return 'Name at least one scenario file, or - for standard input.';
  if (files.indexOf('-') !== files.lastIndexOf('-')) return 'Standard input can be read only once.';
  return null;
}

/** The scenario of a file, or its problems, one line each. */
async function readScenario(
  file: string,
  isOneOfSeveral: boolean,
  io: CommandLineIo,
): Promise<Scenario | string[]> {
  const name = file === '-' ? 'standard input' : file;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    // One byte more than is allowed shows that there is more.
    const most = MOST_FILE_BYTES + 1;
    bytes = await (file === '-' ? io.readStdin(most) : io.readFile(file, most));
  } catch (error) {
    return [`${name}: cannot be read, ${reasonText(error)}`];
  }
  const result = parseScenario(fileText(bytes));
  if (result.ok) return result.scenario;
  return result.problems.map(({ path, message }) => {
    const prefixed = isOneOfSeveral || path === '';
    return [...(prefixed ? [name] : []), ...(path === '' ? [] : [path]), message].join(': ');
  });
}

function reasonText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'reading it is not allowed';
  return error.message;
}

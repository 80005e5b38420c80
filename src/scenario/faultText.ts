/** What is wrong with a value of a file and what is allowed, in one line each. */
import type { BaseIssue } from 'valibot';
import { withThousands } from '../base/numberText.ts';

/** One thing that is wrong with a scenario. */
export interface Problem {
  /** As in `vms[0].writers[1].sizeMiB`; empty for the file as a whole. */
  readonly path: string;
  /** "what is wrong, allowed: what is allowed", without line breaks. */
  readonly message: string;
}

/** As many as a person reads. A file of 1 MiB can have very many, and a list of all stops the page that shows it. */
const LISTED_PROBLEMS = 20;

/** The first problems, and how many more there are; a value that is wrong in several ways is told once, by what was found first. */
export function listed(problems: readonly Problem[]): Problem[] {
  const told = new Set<string>();
  const all = problems.filter(({ path }) => !told.has(path) && told.add(path));
  const more = all.length - LISTED_PROBLEMS;
  if (more <= 0) return all;
  const message = `${withThousands(more)} more ${more === 1 ? 'problem' : 'problems'}`;
  return [...all.slice(0, LISTED_PROBLEMS), { path: '', message }];
}

/** A message for a schema of valibot: the same for everything that can be wrong with one value. */
export function fault(allowed: string): (issue: BaseIssue<unknown>) => string {
  return (issue) => `${wrongText(issue)}, allowed: ${allowed}`;
}

function wrongText({ type, input, received }: BaseIssue<unknown>): string {
  if (received === 'undefined') return 'is missing';
  const value = valueText(input);
  switch (type) {
    case 'number':
      return `${value} is not a number`;
    case 'string':
      return `${value} is not a text`;
    case 'boolean':
      return `${value} is neither true nor false`;
    case 'array':
      return `${value} is not a list`;
    case 'strict_object':
      return `${value} is not an object`;
    case 'integer':
      return `${value} is not a whole number`;
    case 'min_value':
      return `${value} is too small`;
    case 'max_value':
      return `${value} is too large`;
    case 'min_length':
      return `${value} is too short`;
    case 'max_length':
      return `${value} is too long`;
    case 'regex':
      return `${value} does not fit`;
    default:
      return `${value} is not known`;
  }
}

const SHOWN_CHARACTERS = 40;

/** A value of a file in few words; texts in quotes, without line breaks. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? quoted(value) : String(value);
}

/** What cannot be seen, or turns the text round: JSON leaves it as it is. */
const UNSEEN = /(?! )[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** In quotes, on one line, shortened; what cannot be seen as its number. */
export function quoted(text: string): string {
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return JSON.stringify(shown).replace(UNSEEN, (character) => {
    const number = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
    return number.length > 4 ? `\\u{${number}}` : `\\u${number}`;
  });
}

const SHOWN_CHOICES = 8;

/** `"a", "b"`: what may stand here, the first few of many. */
export function choicesText(choices: Iterable<string>, most = SHOWN_CHOICES): string {
  const all = [...choices];
  const shown = all.slice(0, most).map(quoted).join(', ');
  return all.length > most ? `${shown} and ${all.length - most} more` : shown;
}

/** `vms`, 0, `memoryMiB` -> `vms[0].memoryMiB`. A key that is no plain name stands in quotes. */
export function pathText(keys: readonly unknown[]): string {
  return keys
    .map((key, place) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      const plain = /^[\w$-]{1,40}$/.test(name);
      if (!plain) return `[${quoted(name)}]`;
      return place === 0 ? name : `.${name}`;
    })
    .join('');
}

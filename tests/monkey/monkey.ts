/**
 * A monkey at the page: random clicks, keys, touches, drags, reloads and the rest, out of a seed. After each act the page
 * must be there (a heading and text), nothing in it may have stopped, and the console may hold no error. Each minute
 * the page is brought to the same rest, garbage is collected, and the heap is measured.
 */
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { acts, type Act, type Hand } from './acts.ts';
import { Chance } from './chance.ts';
import { isWorkedOut, look, type Looks } from './look.ts';
import { linksOfRest, someFile } from './things.ts';

export interface MonkeyTask {
  readonly browser: Browser;
  /** Of the built page. */
  readonly address: string;
  readonly seed: number;
  /** Ends at what comes first. */
  readonly minutes: number;
  readonly mostActs?: number;
  /** A page that has nothing to show after so long is white. */
  readonly patienceMs?: number;
  readonly say: (line: string) => void;
}

export interface Rest {
  readonly minute: number;
  /** Without compiled code: a browser makes more of that the longer a page is used, and drops it when it likes. */
  readonly heapBytes: number;
  readonly nodes: number;
}

export interface MonkeyOutcome {
  /** Each with the acts that led to it. */
  readonly faults: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  /** Screens and dialogs, by how many acts ended there. */
  readonly places: ReadonlyMap<string, number>;
  readonly rests: readonly Rest[];
}

const PATIENCE_MS = 10_000;
/** A page that does not answer for so long hangs. */
const HANGS_MS = 20_000;
const MOST_FAULTS = 10;
const REMEMBERED_ACTS = 30;
/** The heap is compared from this minute on. */
const COMPARED_FROM = 5;
const MOST_GROWTH = 1.1;
/** The browser's own words while the network is off: no error of the page. */
const REFUSED = /^Failed to load resource: net::ERR_INTERNET_DISCONNECTED/;
/** Then neither a worker nor a part of the page can be fetched; the page says so and offers to try again. */
const NOT_FETCHED =
  /WorkerError: (It did not start|Failed to fetch dynamically imported module)|did not arrive/;
const LEAST_TEXT = 20;

export async function runMonkey(task: MonkeyTask): Promise<MonkeyOutcome> {
  const monkey = new Monkey(task);
  await monkey.run();
  return monkey;
}

class Monkey implements MonkeyOutcome {
  readonly faults: string[] = [];
  readonly counts = new Map<string, number>();
  readonly places = new Map<string, number>();
  readonly rests: Rest[] = [];
  readonly #task: MonkeyTask;
  readonly #chance: Chance;
  readonly #last: string[] = [];
  /** Since the last look. */
  #errors: string[] = [];
  #startedMs = 0;
  #acts = 0;

  constructor(task: MonkeyTask) {
    this.#task = task;
    this.#chance = new Chance(task.seed);
  }

  async run(): Promise<void> {
    this.#startedMs = Date.now();
    while (!this.#isOver()) {
      const context = await this.#task.browser.newContext({
        viewport: { width: 1440, height: 900 },
      });
      try {
        await this.#useUntilFault(context);
      } finally {
        await context.close();
      }
    }
    const heap = heapFault(this.rests);
    if (heap !== null) this.faults.push(heap);
  }

  #isOver(): boolean {
    const { minutes, mostActs = Infinity } = this.#task;
    const isLate = Date.now() - this.#startedMs >= minutes * 60_000;
    return isLate || this.#acts >= mostActs || this.faults.length >= MOST_FAULTS;
  }

  /** Whoever finds a fault goes on with a fresh browser, as one who closes the window would. */
  async #useUntilFault(context: BrowserContext): Promise<void> {
    const page = await context.newPage();
    this.#listen(context, page);
    const cdp = await context.newCDPSession(page);
    const hand: Hand = {
      page,
      context,
      cdp,
      chance: this.#chance,
      isOffline: false,
      wasOffline: false,
    };
    await page.goto(this.#task.address);
    while (!this.#isOver()) {
      const minute = Math.floor((Date.now() - this.#startedMs) / 60_000);
      const isRestDue = minute > (this.rests.at(-1)?.minute ?? 0);
      const fault = isRestDue ? await this.#rest(hand, minute) : await this.#act(hand);
      if (fault === null) continue;
      const steps = this.#last.map((step) => `    ${step}`).join('\n');
      const text = `${fault}\n  after ${this.#acts} acts with seed ${this.#task.seed}:\n${steps}`;
      this.faults.push(text);
      this.#task.say(text);
      this.#last.length = 0;
      return;
    }
  }

  #listen(context: BrowserContext, page: Page): void {
    this.#errors = [];
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      if (REFUSED.test(message.text())) count(this.counts, 'loads refused while offline');
      else this.#errors.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.#errors.push(`page: ${error.stack ?? error.message}`));
    page.on('crash', () => this.#errors.push('the page has crashed'));
    page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
    page.on('filechooser', (chooser) => {
      const { name, bytes } = someFile(this.#chance);
      const file = { name, mimeType: 'application/json', buffer: Buffer.from(bytes) };
      void chooser.setFiles(file).catch(() => undefined);
    });
    // The list of licences opens beside the page.
    context.on('page', (other) => void (other === page || other.close().catch(() => undefined)));
  }

  /** @returns A fault, or null. */
  async #act(hand: Hand): Promise<string | null> {
    const act = this.#chance.weighted<Act>(this.#possibleActs());
    this.#acts++;
    count(this.counts, act.name);
    const done = await inTime(act.do(hand));
    const seconds = ((Date.now() - this.#startedMs) / 1000).toFixed(1);
    this.#note(`${seconds} s  ${act.name}: ${'value' in done ? done.value : done.fault}`);
    if ('fault' in done) return `the act did not end: ${done.fault}`;
    return this.#faultOf(hand);
  }

  /** In the second half one page stays open: what it does not let go of adds up. */
  #possibleActs(): readonly Act[] {
    const isLate = Date.now() - this.#startedMs > (this.#task.minutes * 60_000) / 2;
    return isLate ? acts.filter(({ name }) => name !== 'reload') : acts;
  }

  #note(step: string): void {
    this.#last.push(step);
    if (this.#last.length > REMEMBERED_ACTS) this.#last.shift();
  }

  async #faultOf({ page, wasOffline }: Hand): Promise<string | null> {
    const looked = await this.#lookAt(page);
    if ('fault' in looked) return looked.fault;
    const { heading, text, stopped, place } = looked.value;
    count(this.places, place);
    const excused = stopped.filter((text) => wasOffline && NOT_FETCHED.test(text));
    if (excused.length > 0) count(this.counts, 'looks at what could not be fetched while offline');
    const faults = [...this.#errors, ...stopped.filter((text) => !excused.includes(text))];
    if (isWhite(looked.value))
      faults.push(`white page: heading "${heading}", text "${text.slice(0, 200)}"`);
    this.#errors = [];
    return faults.length === 0 ? null : faults.join('\n  ');
  }

  /** A screen that is just coming may be empty for a moment. */
  async #lookAt(page: Page): Promise<Ended<Looks>> {
    const deadline = Date.now() + (this.#task.patienceMs ?? PATIENCE_MS);
    for (;;) {
      const looked = await inTime(page.evaluate(look));
      if ('fault' in looked) return { fault: `the page does not answer: ${looked.fault}` };
      if (!isWhite(looked.value) || Date.now() > deadline) return looked;
      await page.waitForTimeout(50);
    }
  }

  /** One small scenario on all screens: the same rest whatever was before. @returns A fault, or null. */
  async #rest(hand: Hand, minute: number): Promise<string | null> {
    const { page, cdp } = hand;
    if (hand.isOffline) await hand.context.setOffline(false);
    hand.isOffline = false;
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: null });
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
    // All of the page has come then, and every screen has let go of the runs before.
    for (const hash of await linksOfRest()) {
      await page.evaluate((to) => void (window.location.hash = to), hash);
      const isDone = page.waitForFunction(isWorkedOut, null, { timeout: HANGS_MS });
      const done = await inTime(isDone.then((handle) => handle.dispose()));
      if ('fault' in done) return `the page does not come to rest: ${done.fault}`;
      // What is put off until nothing happens is done then.
      await page.waitForTimeout(1000);
    }
    this.#note('rest');
    for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    const heapBytes = usedSize - (await codeBytes(cdp));
    const { nodes } = await cdp.send('Memory.getDOMCounters');
    this.rests.push({ minute, heapBytes, nodes });
    const [heap, all] = [heapBytes, usedSize].map((bytes) => (bytes / 1e6).toFixed(1));
    this.#task.say(
      `minute ${minute}: ${this.#acts} acts, heap ${heap} MB (${all} MB with compiled code), ${nodes} nodes, ${this.faults.length} faults`,
    );
    return this.#faultOf(hand);
  }
}

/**
 * After a reload a page is small again, so the measure is the largest heap up to minute 5.
 *
 * @returns A fault, or null: also where the run was too short to compare.
 */
export function heapFault(rests: readonly Rest[]): string | null {
  const early = rests.filter(({ minute }) => minute <= COMPARED_FROM);
  const most = MOST_GROWTH * Math.max(...early.map(({ heapBytes }) => heapBytes));
  const over = rests.filter(({ minute, heapBytes }) => minute > COMPARED_FROM && heapBytes > most);
  if (early.length === 0 || over.length === 0) return null;
  const minutes = over.map(({ minute }) => minute).join(', ');
  return `the heap grows: over 10 % more than up to minute ${COMPARED_FROM}, in the minutes ${minutes}`;
}

/** Of compiled code, out of a snapshot of the heap. */
async function codeBytes(cdp: CDPSession): Promise<number> {
  const parts: string[] = [];
  const take = ({ chunk }: { readonly chunk: string }) => parts.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes } = JSON.parse(parts.join('')) as HeapSnapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const code = types[0].indexOf('code');
  const [typeAt, sizeAt] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (nodes[node + typeAt] === code) bytes += nodes[node + sizeAt] ?? 0;
  }
  return bytes;
}

/** What is read of it: nodes are rows of numbers, one after the other. */
interface HeapSnapshot {
  readonly nodes: readonly number[];
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [types: readonly string[]];
    };
  };
}

function isWhite({ heading, text }: Looks): boolean {
  return heading === '' || text.length < LEAST_TEXT;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

type Ended<Value> = { readonly value: Value } | { readonly fault: string };

/** What came of it, or that nothing came. */
async function inTime<Value>(work: Promise<Value>): Promise<Ended<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Ended<Value>>((done) => {
    timer = setTimeout(() => done({ fault: `not in ${HANGS_MS / 1000} s` }), HANGS_MS);
  });
  const ended = work.then(
    (value): Ended<Value> => ({ value }),
    (error: unknown): Ended<Value> => ({ fault: String(error) }),
  );
  const first = await Promise.race([ended, late]);
  clearTimeout(timer);
  return first;
}

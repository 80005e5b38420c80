/**
 * The oracle: one live migration, event by event, written from the rules of `src/engine/README.md` and not
 * from the engine. One send at a time; before each send, all writes that are due by then, one at a time.
 * It shares with the engine only what is a pure function of the recording: the pages that writers draw and how
 * many writes are due (WR1 to WR6), which are tested by themselves.
 *
 * Left out: queueing, refusals, clients. The VM's first `live-migrate` starts at its time.
 */
import { streamKey } from '../../src/base/random.ts';
import { PAGES_PER_MIB, msToNs, type Nanoseconds } from '../../src/base/units.ts';
import type { Command } from '../../src/engine/command.ts';
import { createWriters, writesDue, type Writer } from '../../src/engine/memory/writers.ts';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { LiveMigrationSpec, WriterSpec } from '../../src/engine/settings.ts';

export interface PlainRound {
  readonly number: number;
  readonly startNs: Nanoseconds;
  readonly durationNs: Nanoseconds;
  readonly pagesSent: number;
  readonly pagesDirtied: number;
  readonly pagesLeft: number;
}

/** One entry per page; packed by `packBits` for comparison with the engine's bitmaps. */
export interface PlainMemory {
  /** 1 when marked. */
  readonly dirty: Uint8Array;
  /** 1 when still to be sent. */
  readonly toSend: Uint8Array;
  /** Times sent, counted up to 3; an announcement counts once. */
  readonly timesSent: Uint8Array;
  readonly source: Uint16Array;
  readonly destination: Uint16Array;
}

export interface PlainResult {
  readonly outcome: 'completed' | 'cancelled' | 'running';
  readonly rounds: readonly PlainRound[];
  readonly stopReason: 'small-enough' | 'round-limit' | null;
  readonly pausedNs: Nanoseconds | null;
  readonly resumedNs: Nanoseconds | null;
  readonly bytesSent: number;
  readonly pagesSent: number;
  readonly differingPages: number | null;
  readonly memory: PlainMemory;
  /** Of every pass that ended, the blackout's last: 1 for a page that it sent. */
  readonly passes: readonly Uint8Array[];
  /** Sends and writes. */
  readonly events: number;
  readonly page: PlainPage;
}

/** What happened to one page since the copy began. */
export interface PlainPage {
  readonly written: number;
  /** After it was sent last. */
  readonly writtenSince: number;
  readonly sent: number;
  readonly sentNs: Nanoseconds | null;
  /** Number of the round it was sent in last, 0 for the blackout. */
  readonly sentInRound: number | null;
}

export interface PlainOptions {
  /** The page of `page`; 0 when absent. */
  readonly page?: number;
  readonly untilNs?: Nanoseconds;
  /** Called when a round ends, before the bitmap is taken. */
  readonly onRoundEnd?: (memory: PlainMemory) => void;
}

/** @param scenario  The VM to move is the first one; its first `live-migrate` is possible. */
export function plainMigration(scenario: Scenario, options: PlainOptions = {}): PlainResult {
  return new PlainMigration(scenario, options).run();
}

export function packBits(pages: Uint8Array, atLeast = 1): Int32Array<ArrayBuffer> {
  const words = new Int32Array(pages.length / 32);
  for (let page = 0; page < pages.length; page++) {
    if (pages[page]! >= atLeast) words[page >>> 5]! |= 1 << (page & 31);
  }
  return words;
}

/** Thrown to leave the loop from wherever the run is. */
const CANCELLED = Symbol('cancelled');
const TIME_UP = Symbol('time is up');

const DRAWN_AT_ONCE = 4096;

/** A writer with the pages of its next writes, drawn in advance since they depend on nothing. */
interface ActiveWriter {
  readonly writer: Writer;
  readonly pages: Int32Array;
  /** Number of the write in `pages[0]`. */
  firstDrawn: number;
  written: number;
}

class PlainMigration {
  readonly #untilNs: Nanoseconds;
  readonly #onRoundEnd: (memory: PlainMemory) => void;
  readonly #pageAsked: number;
  #page: PlainPage = { written: 0, writtenSince: 0, sent: 0, sentNs: null, sentInRound: null };
  readonly #commands: readonly Command[];
  readonly #pageCount: number;
  readonly #touchedPages: number;
  readonly #movesDisk: boolean;
  readonly #stream: number;
  #settings: LiveMigrationSpec & { readonly migrationMBps: number };
  #commandsDone = 0;
  /** Time of the next command, or Infinity. */
  #commandNs: Nanoseconds = Infinity;
  #now: Nanoseconds = 0;
  #started = false;
  /** The guest's clock stands still from here. */
  #pausedNs: Nanoseconds | null = null;
  #resumedNs: Nanoseconds | null = null;
  #periods: { readonly setAtNs: Nanoseconds; readonly specs: readonly WriterSpec[] }[];
  #active: ActiveWriter[] = [];

  readonly #memory: PlainMemory;
  #toSendCount = 0;
  #dirtied = 0;
  #events = 0;

  /** The pass under way: send k leaves at anchor + (k - anchorSent) x pageNs, rounded (CP1). */
  #copying = false;
  #anchorNs = 0;
  #anchorSent = 0;
  #sent = 0;
  #pageNs = 0;
  #pageBytes = 0;
  #lastPage = -1;

  readonly #rounds: PlainRound[] = [];
  readonly #passes: Uint8Array[] = [];
  #sentInPass: Uint8Array;
  #startNs: Nanoseconds = 0;
  #stopReason: PlainResult['stopReason'] = null;
  #bytesSent = 0;
  #pagesSent = 0;

  constructor(scenario: Scenario, options: PlainOptions) {
    const vm = scenario.vms[0]!;
    this.#untilNs = options.untilNs ?? msToNs(scenario.untilMs);
    this.#onRoundEnd = options.onRoundEnd ?? (() => {});
    this.#pageAsked = options.page ?? 0;
    this.#commands = scenario.commands;
    this.#pageCount = vm.memoryMiB * PAGES_PER_MIB;
    this.#touchedPages = vm.touchedMiB * PAGES_PER_MIB;
    this.#movesDisk = scenario.volumes.some(({ id, kind }) => {
      return id === vm.volume && kind === 'cluster-disk';
    });
    this.#stream = streamKey(scenario.seed, 0);
    this.#settings = {
      ...scenario.liveMigration,
      migrationMBps: scenario.network.migrationMBps,
    };
    this.#periods = [{ setAtNs: 0, specs: vm.writers }];
    this.#sentInPass = new Uint8Array(this.#pageCount);
    this.#memory = {
      dirty: new Uint8Array(this.#pageCount),
      toSend: new Uint8Array(this.#pageCount),
      timesSent: new Uint8Array(this.#pageCount),
      source: new Uint16Array(this.#pageCount),
      destination: new Uint16Array(this.#pageCount),
    };
  }

  run(): PlainResult {
    let outcome: PlainResult['outcome'] = 'running';
    let differing: number | null = null;
    try {
      this.#setUp();
      this.#preCopy();
      differing = this.#blackout();
      outcome = 'completed';
    } catch (thrown) {
      if (thrown !== CANCELLED && thrown !== TIME_UP) throw thrown;
      // A round that is cut off is listed with what it did (LM12).
      if (thrown === CANCELLED && this.#copying) this.#noteRound();
      const passes = this.#passes.length;
      this.#leavePass();
      if (thrown === CANCELLED) outcome = 'cancelled';
      else this.#passes.length = passes;
    }
    return {
      outcome,
      rounds: this.#rounds,
      stopReason: this.#stopReason,
      pausedNs: this.#pausedNs,
      resumedNs: this.#resumedNs,
      bytesSent: this.#bytesSent,
      pagesSent: this.#pagesSent,
      differingPages: differing,
      memory: this.#memory,
      passes: this.#passes,
      events: this.#events,
      page: this.#page,
    };
  }

  /** LM1: a third for the connection, the rest for the shell VM. */
  #setUp(): void {
    const request = this.#commands.findIndex((command) => command.do === 'live-migrate');
    while (this.#commandsDone <= request) this.#nextCommand();
    const connecting = Math.round(msToNs(this.#settings.setupMs) * (1 / 3));
    this.#wait(connecting);
    const setup = msToNs(this.#settings.setupMs);
    this.#wait(setup - Math.round(setup * (1 / 3)));
  }

  #preCopy(): void {
    const announced = this.#announce();
    this.#activateWriters(this.#now);
    for (let number = 1; ; number++) {
      this.#startNs = this.#now;
      this.#dirtied = 0;
      this.#sendRound(number === 1 ? announced * 9 * this.#nsPerByte() : 0);
      const pagesLeft = this.#noteRound();
      const { maxRounds, stopBelowMs } = this.#settings;
      if (pagesLeft * this.#cost().ns <= msToNs(stopBelowMs)) this.#stopReason = 'small-enough'; // LM3
      else if (maxRounds !== null && number >= maxRounds) this.#stopReason = 'round-limit'; // LM4
      if (this.#stopReason !== null) return;
      this.#takeMarks();
    }
  }

  /** @returns Pages left. */
  #noteRound(): number {
    const pagesSent = this.#leavePass();
    const pagesLeft = this.#pagesLeft();
    this.#rounds.push({
      number: this.#rounds.length + 1,
      startNs: this.#startNs,
      durationNs: this.#now - this.#startNs,
      pagesSent,
      pagesDirtied: this.#dirtied,
      pagesLeft,
    });
    this.#onRoundEnd(this.#memory);
    return pagesLeft;
  }

  /** LM9, LM10, LM11. @returns Pages that differ. */
  #blackout(): number {
    this.#pausedNs = this.#now;
    this.#active = [];
    this.#takeMarks();
    this.#dirtied = 0;
    this.#startPass(0);
    while (this.#toSendCount > 0) {
      this.#untilMoment(this.#sent + 1);
      this.#send(this.#nextInSet());
    }
    this.#leavePass();
    const bytes = Math.round(this.#settings.deviceStateMB * 1e6);
    const [fromNs, lengthNs] = [this.#now, Math.round(bytes * this.#nsPerByte())];
    // LM9: they go one after the other.
    const goneNs = Math.min(lengthNs, this.#untilNs - fromNs);
    this.#bytesSent += lengthNs === 0 ? bytes : Math.floor((bytes * goneNs) / lengthNs);
    this.#wait(lengthNs);
    if (this.#movesDisk) this.#wait(msToNs(this.#settings.diskMoveMs));
    this.#wait(msToNs(this.#settings.resumeMs));
    this.#resumedNs = this.#now;
    return this.#compare();
  }

  /** WR7: what holds something is to be sent in round 1; CP5: the rest is announced. */
  #announce(): number {
    const { toSend, timesSent } = this.#memory;
    toSend.fill(1, 0, this.#touchedPages);
    this.#periods.forEach(({ setAtNs, specs }, index) => {
      const untilNs = this.#periods[index + 1]?.setAtNs ?? this.#now;
      createWriters(specs, this.#stream, setAtNs, index).forEach((writer, place) => {
        const looked = specs[place]!.sizeMiB * PAGES_PER_MIB * 64;
        const due = Math.min(writesDue(writer, untilNs), looked);
        const one = new Int32Array(1);
        for (let write = 0; write < due; write++) {
          writer.draw(one, write, 1);
          toSend[one[0]!] = 1;
        }
      });
    });
    let announced = 0;
    for (let page = 0; page < this.#pageCount; page++) {
      if (toSend[page] === 1) this.#toSendCount++;
      else {
        timesSent[page] = 1;
        announced++;
      }
    }
    this.#bytesSent += announced * 9;
    // LM6: a page that is to be sent is marked until it is.
    if (this.#settings.tracking === 'clear-on-send') this.#memory.dirty.set(toSend);
    return announced;
  }

  #sendRound(announcingNs: number): void {
    const { tracking } = this.#settings;
    const from = this.#lastPage;
    this.#startPass(announcingNs);
    if (tracking === 'skip-redirtied') this.#sendUnmarked();
    else if (tracking === 'sync-when-rest-small') this.#sendUntilRestIsSmall(from);
    else {
      while (this.#toSendCount > 0) {
        this.#untilMoment(this.#sent + 1);
        const page = this.#nextInSet();
        if (tracking === 'clear-on-send') this.#memory.dirty[page] = 0; // LM6
        this.#send(page);
      }
    }
    // Nothing to send: the round is over when the announcements are across.
    if (this.#moment(0) > this.#now) this.#untilMoment(0);
  }

  /** LM7. */
  #sendUnmarked(): void {
    const { dirty, toSend } = this.#memory;
    while (this.#toSendCount > 0) {
      this.#untilMoment(this.#sent + 1);
      while (this.#toSendCount > 0) {
        const page = this.#nextInSet();
        if (dirty[page] === 0) {
          this.#send(page);
          break;
        }
        toSend[page] = 0;
        this.#toSendCount--;
      }
    }
  }

  /** LM8. */
  #sendUntilRestIsSmall(lastPage: number): void {
    this.#cursor = lastPage < 0 ? 0 : lastPage - (lastPage % 32);
    while (this.#toSendCount > 0) {
      // The limit and the interval that are in force now; a change of the page time begins the interval anew.
      const look = Math.max(1, Math.floor(msToNs(this.#settings.lookEveryMs) / this.#pageNs));
      const isLook = (this.#sent - this.#anchorSent) % look === 0;
      if (isLook && this.#toSendCount * this.#pageNs <= msToNs(this.#settings.stopBelowMs)) return;
      this.#untilMoment(this.#sent + 1);
      this.#send(this.#nextInSet());
    }
  }

  /** Where the search for the next page begins. */
  #cursor = 0;

  #startPass(announcingNs: number): void {
    const { ns, bytes } = this.#cost();
    this.#copying = true;
    this.#anchorNs = this.#now + announcingNs;
    this.#anchorSent = 0;
    this.#sent = 0;
    this.#pageNs = ns;
    this.#pageBytes = bytes;
    this.#cursor = 0;
  }

  /** @returns Pages the pass sent. */
  #leavePass(): number {
    if (!this.#copying) return 0;
    this.#copying = false;
    this.#passes.push(this.#sentInPass);
    this.#sentInPass = new Uint8Array(this.#pageCount);
    this.#bytesSent += (this.#sent - this.#anchorSent) * this.#pageBytes;
    this.#pagesSent += this.#sent;
    return this.#sent;
  }

  /** CP3: the next page of the set in address order, from the start again after the last (LM8). */
  #nextInSet(): number {
    const { toSend } = this.#memory;
    let page = this.#cursor;
    while (toSend[page] !== 1) if (++page === this.#pageCount) page = 0;
    this.#cursor = page;
    return page;
  }

  /** GM2. */
  #send(page: number): void {
    const { toSend, timesSent, source, destination } = this.#memory;
    toSend[page] = 0;
    this.#toSendCount--;
    if (timesSent[page]! < 3) timesSent[page]!++;
    destination[page] = source[page]!;
    this.#sentInPass[page] = 1;
    if (page === this.#pageAsked) {
      const sentInRound = this.#pausedNs === null ? this.#rounds.length + 1 : 0;
      const sent = this.#page.sent + 1;
      this.#page = { ...this.#page, sent, writtenSince: 0, sentNs: this.#now, sentInRound };
    }
    this.#sent++;
    this.#events++;
    this.#lastPage = page;
  }

  /** CP1: goes to the moment of send `k`, with every command before it and every write up to it. */
  #untilMoment(k: number): void {
    let moment = this.#moment(k);
    while (this.#commandNs < moment && this.#commandNs <= this.#untilNs) {
      this.#nextCommand();
      moment = Math.max(this.#moment(k), this.#now);
    }
    this.#to(moment);
  }

  #moment(k: number): Nanoseconds {
    return Math.round(this.#anchorNs + (k - this.#anchorSent) * this.#pageNs);
  }

  /** A phase without copying: the guest may write, but nobody needs to know. */
  #wait(durationNs: Nanoseconds): void {
    const endNs = this.#now + durationNs;
    while (this.#commandNs < endNs && this.#commandNs <= this.#untilNs) this.#nextCommand();
    this.#to(endNs);
  }

  #to(ns: Nanoseconds): void {
    if (ns > this.#untilNs) {
      this.#write(this.#untilNs);
      throw TIME_UP;
    }
    this.#write(ns);
    this.#now = ns;
  }

  /** GM1: the writes due by `ns`, one by one. */
  #write(ns: Nanoseconds): void {
    const { dirty, source } = this.#memory;
    for (const active of this.#active) {
      const due = writesDue(active.writer, ns);
      const { pages } = active;
      for (let write = active.written; write < due; write++) {
        if (write >= active.firstDrawn + DRAWN_AT_ONCE) {
          active.firstDrawn = write;
          active.writer.draw(pages, write, DRAWN_AT_ONCE);
        }
        const page = pages[write - active.firstDrawn]!;
        source[page]!++;
        if (page === this.#pageAsked) {
          const { written, writtenSince } = this.#page;
          this.#page = { ...this.#page, written: written + 1, writtenSince: writtenSince + 1 };
        }
        if (dirty[page] === 0) {
          dirty[page] = 1;
          this.#dirtied++;
        }
      }
      if (due <= active.written) continue;
      this.#events += due - active.written;
      active.written = due;
    }
  }

  #nextCommand(): void {
    const command = this.#commands[this.#commandsDone++]!;
    const following = this.#commands[this.#commandsDone];
    this.#commandNs = following === undefined ? Infinity : msToNs(following.atMs);
    this.#to(msToNs(command.atMs));
    if (command.do === 'cancel-migration' && this.#started && this.#pausedNs === null)
      throw CANCELLED; // LM12
    if (command.do === 'set-writers') {
      // OP3; WR1: the guest's clock stands still while it is paused.
      const setAtNs = this.#pausedNs ?? this.#now;
      this.#periods.push({ setAtNs, specs: command.writers });
      if (this.#active.length > 0 || this.#copying) this.#activateWriters(this.#now);
    }
    if (command.do === 'set-live-migration') this.#change(command);
    if (command.do === 'live-migrate') this.#started = true;
  }

  /** OP4, CP2. */
  #change(command: Extract<Command, { do: 'set-live-migration' }>): void {
    const { do: _, atMs: __, ...change } = command;
    this.#settings = { ...this.#settings, ...change };
    const { ns, bytes } = this.#cost();
    if (!this.#copying || (ns === this.#pageNs && bytes === this.#pageBytes)) return;
    this.#bytesSent += (this.#sent - this.#anchorSent) * this.#pageBytes;
    const onItsWayNs =
      this.#now - (this.#anchorNs + (this.#sent - this.#anchorSent) * this.#pageNs);
    // While the announcements are on their way (CP5), the first page has not begun.
    const announcing = this.#sent === 0 && this.#now < this.#anchorNs;
    if (!announcing) {
      // It leaves after the command: a nanosecond later at the earliest.
      const share = Math.max(0, Math.min(1 - 0.75 / ns, onItsWayNs / this.#pageNs));
      this.#anchorNs = this.#now - share * ns;
    }
    this.#anchorSent = this.#sent;
    this.#pageNs = ns;
    this.#pageBytes = bytes;
  }

  #activateWriters(ns: Nanoseconds): void {
    if (this.#pausedNs !== null) return;
    const { setAtNs, specs } = this.#periods.at(-1)!;
    this.#active = createWriters(specs, this.#stream, setAtNs, this.#periods.length - 1).map(
      (writer) => {
        const written = writesDue(writer, ns);
        const pages = new Int32Array(DRAWN_AT_ONCE);
        writer.draw(pages, written, DRAWN_AT_ONCE);
        return { writer, pages, firstDrawn: written, written };
      },
    );
  }

  /** GM3; LM6: with `clear-on-send` the marks stay. */
  #takeMarks(): void {
    const { dirty, toSend } = this.#memory;
    const marksStay = this.#settings.tracking === 'clear-on-send' && this.#pausedNs === null;
    this.#toSendCount = 0;
    for (let page = 0; page < this.#pageCount; page++) {
      const left = toSend[page]! | dirty[page]!;
      toSend[page] = left;
      dirty[page] = marksStay ? left : 0;
      this.#toSendCount += left;
    }
  }

  #pagesLeft(): number {
    const { dirty, toSend } = this.#memory;
    let left = 0;
    for (let page = 0; page < this.#pageCount; page++) left += toSend[page]! | dirty[page]!;
    return left;
  }

  /** GM4. */
  #compare(): number {
    const { timesSent, source, destination } = this.#memory;
    let differing = 0;
    for (let page = 0; page < this.#pageCount; page++) {
      if (timesSent[page] === 0 || source[page] !== destination[page]) differing++;
    }
    return differing;
  }

  #cost(): { readonly ns: number; readonly bytes: number } {
    const bytes = 4096 + this.#settings.pageHeaderBytes;
    return { bytes, ns: bytes * this.#nsPerByte() };
  }

  #nsPerByte(): number {
    return 1000 / this.#settings.migrationMBps;
  }
}

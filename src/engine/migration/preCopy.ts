/**
 * Pre-copy: the rounds in which the guest runs on while its pages are sent, and the decision after each.
 * Source: facts A1, steps 2 to 4. Rules LM3 to LM8.
 */
import { at } from '../../base/assert.ts';
import { countBits } from '../../base/bits.ts';
import { pagesText, secondsText, withThousands } from '../../base/numberText.ts';
import { NS_PER_MS, NS_PER_S, PAGES_PER_MIB, msToNs, type Nanoseconds } from '../../base/units.ts';
import {
  createGuestMemory,
  pagesLeft,
  settleFullWriters,
  takeDirtyBitmap,
  touchCells,
  type GuestMemory,
} from '../memory/guestMemory.ts';
import { markTouched } from '../memory/touchedPages.ts';
import type { TrackingPolicy } from '../settings.ts';
import type { World } from '../world.ts';
import { createPass } from './copyPass.ts';
import {
  ANNOUNCEMENT_BYTES,
  nsPerByte,
  pageCost,
  type Migration,
  type MigrationPhase,
  type MigrationSettings,
} from './migration.ts';
import { enter, leavePhase } from './phaseChange.ts';
import { stopReason, stopThresholdPages, type StopReason } from './stopCondition.ts';
import { startBlackout } from './switchover.ts';

/** A round shorter than this is not worth a number. */
const NAMED_NS: Nanoseconds = 5 * NS_PER_MS;

/** Dirty tracking is turned on and round 1 takes every touched page; the others are announced. Rule LM5. */
export function startFirstRound(world: World, migration: Migration): void {
  const { memoryMiB, touchedMiB } = at(world.scenario.vms, migration.vm);
  const name = world.vmName(migration.vm);
  const memory = createGuestMemory(memoryMiB * PAGES_PER_MIB, world.keepsVersions);
  world.memories.set(migration.id, memory);
  memory.sendSetPages = markTouched(
    memory.sendSet,
    touchedMiB * PAGES_PER_MIB,
    at(world.state.vms, migration.vm),
    world.streamOf(migration.vm),
    world.clockOf(migration.vm),
  );
  const untouched = memory.pageCount - memory.sendSetPages;
  if (untouched > 0) announce(memory);
  takeSendSet(memory, world.state.settings.tracking);
  world.emit(
    'tracking-started',
    migration.vm,
    `The dirty bitmap of ${name} is on: a write marks its page, 1 bit for each of ${pagesText(memory.pageCount)}`,
  );
  const announcedBytes = untouched * ANNOUNCEMENT_BYTES;
  migration.bytesSent += announcedBytes;
  startRound(world, migration, {
    number: 1,
    what: firstRoundText(name, untouched),
    lastPage: -1,
    announcingNs: announcedBytes * nsPerByte(world.state.settings),
  });
}

function announce(memory: GuestMemory): void {
  const { sentOnce, sendSet } = memory;
  for (let i = 0; i < sentOnce.length; i++) sentOnce[i] = ~sendSet[i]!;
  touchCells(memory, 0, memory.pageCount - 1);
}

interface RoundStart {
  readonly number: number;
  /** Which pages it has to send. */
  readonly what: string;
  /** Sent last in the round before, or -1. */
  readonly lastPage: number;
  readonly announcingNs: number;
}

function startRound(
  world: World,
  migration: Migration,
  { number, what, lastPage, announcingNs }: RoundStart,
): void {
  const { state } = world;
  const { tracking } = state.settings;
  const memory = world.memoryOf(migration);
  const cost = pageCost(state.settings);
  memory.markedInRound = 0;
  let pages = memory.sendSetPages;
  let cursorWord = 0;
  if (tracking === 'sync-when-rest-small') {
    // Rule LM8: the sweep goes on where it stood.
    pages = sendsUntilRestIsSmall(state.settings, { all: pages, from: 0, least: 0, ...cost });
    cursorWord = Math.max(0, lastPage) >>> 5;
  }
  const pass = createPass(pages, state.timeNs, cost, announcingNs, cursorWord);
  enter(world, migration, { name: 'round', number, startNs: state.timeNs, tracking, pass });
  // What is skipped, or left when the rest is small, goes later.
  const most = tracking === 'skip-redirtied' || tracking === 'sync-when-rest-small';
  const sends = `Round ${number} sends ${most ? 'at most ' : ''}${pagesText(memory.sendSetPages)}`;
  world.emit('round-started', migration.vm, `${sends}: ${what}`);
}

/**
 * Sends of a round by the first look at which the rest would take at most `stopBelowMs`. Rule LM8.
 *
 * @param round `all`: its whole set; looks come every so many sends after send `from`, and the next at send `least` at the earliest.
 */
function sendsUntilRestIsSmall(
  { lookEveryMs, stopBelowMs }: MigrationSettings,
  round: {
    readonly all: number;
    readonly from: number;
    readonly least: number;
    readonly pageNs: number;
  },
): number {
  const { all, from, least, pageNs } = round;
  const every = Math.max(1, Math.floor(msToNs(lookEveryMs) / pageNs));
  const enough = all - stopThresholdPages(msToNs(stopBelowMs), pageNs);
  return Math.min(all, from + Math.ceil((Math.max(enough, least) - from) / every) * every);
}

/** The limit in force, and how often a round looks, may have changed: from the next look on they count. Rule LM8. */
export function lookByNewSettings(world: World, migration: Migration): void {
  const { phase } = migration;
  if (phase.name !== 'round' || phase.tracking !== 'sync-when-rest-small') return;
  const { pass } = phase;
  pass.pages = sendsUntilRestIsSmall(world.state.settings, {
    all: pass.sent + world.memoryOf(migration).sendSetPages,
    from: pass.anchorSent,
    least: pass.sent + 1,
    pageNs: pass.pageNs,
  });
}

function firstRoundText(vm: string, untouched: number): string {
  return untouched === 0
    ? `all that ${vm} holds`
    : `all but the ${withThousands(untouched)} empty ones, which are just announced`;
}

/** Of every round but the first. @param carriedOver Pages that the round before was to send and did not. */
function nextRoundText(
  vm: string,
  { number, startNs, tracking }: Extract<MigrationPhase, { name: 'round' }>,
  nowNs: Nanoseconds,
  carriedOver: number,
): string {
  const lengthNs = nowNs - startNs;
  const round = `${lengthNs < NAMED_NS ? '' : `the ${secondsText(lengthNs / NS_PER_S)} of `}round ${number}`;
  if (carriedOver > 0) {
    return `${withThousands(carriedOver)} left over, and those that ${vm} changed during ${round}`;
  }
  return tracking === 'clear-on-send'
    ? `${vm} changed them after they were sent in ${round}`
    : `${vm} changed them during ${round}`;
}

/** After a round: stop, or send again what was marked. Rules LM3 to LM8. */
export function decide(
  world: World,
  migration: Migration,
  round: Extract<MigrationPhase, { name: 'round' }>,
): void {
  const { state } = world;
  const memory = world.memoryOf(migration);
  const cost = pageCost(state.settings);
  const left = pagesLeft(memory);
  const reason = stopReason(
    { stopBelowNs: msToNs(state.settings.stopBelowMs), maxRounds: state.settings.maxRounds },
    round.number,
    left,
    cost.pageNs,
  );
  const carriedOver = memory.sendSetPages;
  leavePhase(world, migration);
  const name = world.vmName(migration.vm);
  if (reason === null) {
    // A change of the policy counts from the next round on.
    takeSendSet(memory, state.settings.tracking);
    const { lastPage } = round.pass;
    const what = nextRoundText(name, round, state.timeNs, carriedOver);
    const number = round.number + 1;
    return startRound(world, migration, { number, what, lastPage, announcingNs: 0 });
  }
  migration.stopReason = reason;
  const { stopBelowMs } = state.settings;
  world.emit(
    'pre-copy-stopped',
    migration.vm,
    stopText(reason, round.number, left * cost.pageNs, msToNs(stopBelowMs)),
  );
  startBlackout(world, migration, round.number);
}

/**
 * What is marked becomes, or joins, the set to send. With `clear-on-send` every page of the set is marked until it
 * is sent, from round 1 on: a write before its turn then marks nothing, in whatever batch it comes.
 */
function takeSendSet(memory: GuestMemory, tracking: TrackingPolicy): void {
  if (tracking !== 'clear-on-send') {
    takeDirtyBitmap(memory);
    return;
  }
  settleFullWriters(memory);
  for (let i = 0; i < memory.wordCount; i++) {
    const word = memory.sendSet[i]! | memory.dirtyBitmap[i]!;
    memory.sendSet[i] = word;
    memory.dirtyBitmap[i] = word;
  }
  memory.sendSetPages = memory.dirtyPages = countBits(memory.sendSet);
}

function stopText(
  reason: StopReason,
  round: number,
  leftNs: Nanoseconds,
  allowedNs: Nanoseconds,
): string {
  const left = secondsText(leftNs / NS_PER_S);
  const allowed = secondsText(allowedNs / NS_PER_S);
  return reason === 'small-enough'
    ? `Pre-copy stops after round ${round}: what is left takes ${left} of the ${allowed} allowed`
    : `Pre-copy stops after round ${round}, the last allowed: what is left takes ${left}`;
}

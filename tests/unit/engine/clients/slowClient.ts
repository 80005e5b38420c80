/**
 * A client written down a second time, slowly and plainly: time goes on in ticks of 100 ms, and at each tick the
 * rules CN1 to CN7 are asked one after the other. Every time that is put in must be a multiple of a tick.
 */
import type { Moment } from '../../../../src/engine/clients/moments.ts';
import type { VmHistory } from '../../../../src/engine/clients/vmSpans.ts';
import type { Interval } from '../../../../src/engine/cluster/vmState.ts';

export const TICK_NS = 100_000_000;
const SECOND = 10;

/** When a system sends, in seconds after the first time, and when it gives up. Copied out of facts E2. */
const systems = {
  'windows-lan': {
    request: { sends: [0, 0.3, 0.9, 2.1, 4.5, 9.3], givesUp: 18.9 },
    connect: { sends: [0, 3, 9], givesUp: 21 },
  },
  'linux-lan': {
    request: {
      // prettier-ignore
      sends: [
        0, 0.2, 0.6, 1.4, 3, 6.2, 12.6, 25.4, 51, 102.2, 204.6, 324.6, 444.6, 564.6, 684.6, 804.6,
      ],
      givesUp: 924.6,
    },
    connect: { sends: [0, 1, 3, 7, 15, 31, 63], givesUp: 127 },
  },
};

export type SlowKind = keyof typeof systems | 'ping';

export interface SlowResult {
  /** Without round trips of answers that came at once. */
  readonly moments: readonly Pick<Moment, 'ns' | 'kind'>[];
  readonly standing: string;
  readonly everLost: boolean;
  readonly longestSilenceNs: number;
}

export function watchSlowly(
  kind: SlowKind,
  schedule: { readonly firstTick: number; readonly everyTicks: number },
  history: VmHistory,
  lastTick: number,
): SlowResult {
  const client = kind === 'ping' ? new SlowPing(history) : new SlowTcp(history, kind);
  for (let tick = 0; tick <= lastTick; tick++) {
    const asks =
      tick >= schedule.firstTick && (tick - schedule.firstTick) % schedule.everyTicks === 0;
    client.live(tick, asks);
  }
  return {
    moments: client.moments,
    standing: client.standing,
    everLost: client.everLost,
    longestSilenceNs: client.longestSilence(lastTick) * TICK_NS,
  };
}

const has = ({ fromNs, toNs }: Interval, tick: number): boolean =>
  fromNs <= tick * TICK_NS && (toNs === null || tick * TICK_NS < toNs);

abstract class SlowClient {
  readonly moments: { ns: number; kind: Moment['kind'] }[] = [];
  everLost = false;
  standing = 'answered';
  readonly history: VmHistory;
  /** Tick of the first request since the client was answered last. */
  protected silentSince: number | null = null;
  #longest = 0;

  constructor(history: VmHistory) {
    this.history = history;
  }

  abstract live(tick: number, asks: boolean): void;

  longestSilence(tick: number): number {
    return Math.max(this.#longest, this.silentSince === null ? 0 : tick - this.silentSince);
  }

  protected runs(tick: number): boolean {
    return !this.history.outages.some((outage) => has(outage, tick));
  }

  protected note(kind: Moment['kind'], tick: number): void {
    this.moments.push({ ns: tick * TICK_NS, kind });
  }

  protected endSilence(tick: number): void {
    this.#longest = this.longestSilence(tick);
    this.silentSince = null;
  }
}

class SlowPing extends SlowClient {
  live(tick: number, asks: boolean): void {
    if (!asks) return;
    if (this.runs(tick)) {
      this.endSilence(tick);
      this.standing = 'answered';
      this.note('answered', tick);
    } else {
      this.silentSince ??= tick;
      this.standing = 'asking';
      this.note('unanswered', tick);
    }
  }
}

class SlowTcp extends SlowClient {
  readonly #system: (typeof systems)['windows-lan'];
  /** When the present connection was made; null without one. */
  #madeTick: number | null = -1;
  /** First transmission of the request that is open. */
  #request: number | null = null;
  /** When the guest acknowledged it. */
  #acknowledged: number | null = null;
  /** When the present connect() began. */
  #connect: number | null = null;
  #newestRequest = -1;

  constructor(history: VmHistory, kind: keyof typeof systems) {
    super(history);
    this.#system = systems[kind];
  }

  live(tick: number, asks: boolean): void {
    if (this.#acknowledged !== null) this.#awaitDisk(tick);
    else if (this.#request !== null) this.#repeat(tick);
    if (this.#connect !== null) this.#tryToConnect(tick);
    const isFree = this.#request === null && this.#connect === null;
    if (isFree && asks && tick > this.#newestRequest) {
      this.#newestRequest = tick;
      this.#request = tick;
      this.silentSince ??= tick;
      this.standing = 'asking';
      this.#transmit(tick);
      if (this.#connect !== null) this.#tryToConnect(tick);
    }
  }

  #awaitDisk(tick: number): void {
    const ns = tick * TICK_NS;
    const { outages, stalls } = this.history;
    if (outages.some(({ fromNs, lostNs }) => lostNs !== null && fromNs === ns)) {
      this.#acknowledged = null;
      this.#request = null;
    } else if (this.runs(tick) && !stalls.some((stall) => has(stall, tick))) {
      this.#answer(tick);
    }
  }

  #repeat(tick: number): void {
    const after = tick - this.#request!;
    const { sends, givesUp } = this.#system.request;
    if (after === Math.round(givesUp * SECOND)) this.#lose(tick);
    else if (sends.some((send) => Math.round(send * SECOND) === after)) this.#transmit(tick);
  }

  #transmit(tick: number): void {
    const ns = tick * TICK_NS;
    const made = this.#madeTick! * TICK_NS;
    const { outages, stalls } = this.history;
    const isUnknown = outages.some(
      ({ toNs, lostNs }) => lostNs !== null && toNs !== null && made < toNs && toNs <= ns,
    );
    if (!this.runs(tick)) this.note('unanswered', tick);
    else if (isUnknown) this.#lose(tick);
    else if (stalls.some((stall) => has(stall, tick))) {
      this.#acknowledged = tick;
      this.standing = 'waiting';
    } else this.#answer(tick);
  }

  #answer(tick: number): void {
    this.note(this.silentSince === tick ? 'answered' : 'late', tick);
    this.#request = null;
    this.#acknowledged = null;
    this.standing = this.everLost ? 'reconnected' : 'answered';
    this.endSilence(tick);
  }

  #lose(tick: number): void {
    this.note('lost', tick);
    this.everLost = true;
    this.standing = 'lost';
    this.#request = null;
    this.#madeTick = null;
    this.#connect = tick;
  }

  #tryToConnect(tick: number): void {
    const { sends, givesUp } = this.#system.connect;
    if (tick - this.#connect! === givesUp * SECOND) this.#connect = tick;
    const after = tick - this.#connect!;
    if (!sends.some((send) => send * SECOND === after)) return;
    if (this.runs(tick)) {
      this.#connect = null;
      this.#madeTick = tick;
      this.standing = 'reconnected';
      this.note('reconnected', tick);
      this.endSilence(tick);
    } else if (this.moments.at(-1)?.ns !== tick * TICK_NS) {
      // Where the connection was lost there is a mark already.
      this.note('unanswered', tick);
    }
  }
}

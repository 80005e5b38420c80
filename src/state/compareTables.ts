/** What the lanes of the Compare screen draw, as rows of tables. */
import { at } from '../base/assert.ts';
import { withThousands } from '../base/numberText.ts';
import { NS_PER_S, type Nanoseconds } from '../base/units.ts';
import type { ClientTrail } from '../protocol/outline.ts';
import { bytesAt, watchedOf } from './compareFacts.ts';
import type { CompareRun } from './compareLanes.ts';
import { stateSpans } from './compareSpans.ts';
import { laneTitle } from './compareWords.ts';
import { moveOf } from './outlined.ts';

const BYTES_PER_GB = 1024 ** 3;

/** Run, what the VM does or which round is sent, from and to in seconds, GB moved by then. In order of time. */
export function stretchRows(run: CompareRun): string[][] {
  const states = stateSpans(run).map(({ label, fromNs, toNs }) => ({ label, fromNs, toNs }));
  const rounds = (moveOf(run, run.vm)?.phases ?? [])
    .filter(({ name }) => name === 'round')
    .map(({ number, lastNumber, startNs, endNs }) => ({
      label:
        lastNumber === undefined
          ? `round ${withThousands(number)}`
          : `rounds ${withThousands(number)} to ${withThousands(lastNumber)}`,
      fromNs: startNs,
      toNs: endNs ?? Infinity,
    }));
  return [...states, ...rounds]
    .filter(({ toNs }) => toNs > 0)
    .toSorted((a, b) => a.fromNs - b.fromNs)
    .map(({ label, fromNs, toNs }) => [
      laneTitle(run.lane),
      label,
      secondsCell(Math.max(0, fromNs)),
      Number.isFinite(toNs) ? secondsCell(toNs) : 'the end',
      (bytesAt(run, Number.isFinite(toNs) ? toNs : run.outline.run.endNs) / BYTES_PER_GB).toFixed(
        2,
      ),
    ]);
}

/** More of them are counted instead of listed. */
const MOST_TIMES = 16;

/** "no answer 0.08, 0.38; gave up 18.98; connected again 39.98", in seconds; '' of a client that was always answered. */
function marksText({ marks }: ClientTrail): string {
  const names = {
    unanswered: 'no answer',
    lost: 'gave up',
    late: 'late answer',
    reconnected: 'connected again',
  } as const;
  return (['unanswered', 'lost', 'late', 'reconnected'] as const)
    .map((kind) => ({ kind, times: marks.filter((mark) => mark.kind === kind) }))
    .filter(({ times }) => times.length > 0)
    .map(({ kind, times }) => `${names[kind]} ${timesText(times.map(({ ns }) => ns))}`)
    .join('; ');
}

function timesText(times: readonly Nanoseconds[]): string {
  if (times.length <= MOST_TIMES) return times.map(secondsCell).join(', ');
  return `${times.length} times from ${secondsCell(at(times, 0))} to ${secondsCell(at(times, times.length - 1))}`;
}

/** Of each client that is drawn, in the order of the rows. */
export function clientMarks(run: CompareRun): string[] {
  return watchedOf(run).trails.map(marksText);
}

function secondsCell(ns: Nanoseconds): string {
  return ns === 0 ? '0' : (ns / NS_PER_S).toFixed(2);
}

/** How far a lane is worked out, in words and as a share, all told by the worker that works on it. */
import { secondsText, withThousands } from '../base/numberText.ts';
import { NS_PER_S } from '../base/units.ts';
import type { PhaseName } from '../engine/migration/migration.ts';
import type { OutlineProgress } from '../protocol/outline.ts';

type Pass = NonNullable<OutlineProgress['pass']>;

const passNames: Partial<Record<PhaseName, string>> = {
  'stop-and-copy': 'blackout',
  saving: 'memory saved',
  restoring: 'memory read back',
};

/** "Worked out to 38.2 s: round 2, 61,440 of 178,867 pages." */
export function progressText({ timeNs, pass }: OutlineProgress): string {
  const to = `Worked out to ${secondsText(timeNs / NS_PER_S)}`;
  return pass === null ? `${to}.` : `${to}: ${passText(pass)}.`;
}

function passText({ phase, round, pagesSent, pagesToSend }: Pass): string {
  const name = round > 0 ? `round ${round}` : passNames[phase];
  const pages = `${withThousands(pagesSent)} of ${withThousands(pagesToSend)} pages`;
  return name === undefined ? pages : `${name}, ${pages}`;
}

/** Of the present pass, 0 to 1; null where nothing is sent: how many passes there will be nobody knows. */
export function passShare({ pass }: OutlineProgress): number | null {
  return pass === null || pass.pagesToSend === 0 ? null : pass.pagesSent / pass.pagesToSend;
}

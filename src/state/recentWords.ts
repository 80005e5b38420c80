/** What Recent says of an entry, and of a browser that keeps nothing. */
import type { KeepTrouble } from './workKeeper.ts';

const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** "today 14:05", "yesterday 14:05", "27 Nov 14:05", "27 Nov 2025", in the time of the place. */
export function whenText(ms: number, nowMs: number): string {
  const [then, now] = [new Date(ms), new Date(nowMs)];
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (then.toDateString() === now.toDateString()) return `today ${hour.format(then)}`;
  if (then.toDateString() === yesterday.toDateString()) return `yesterday ${hour.format(then)}`;
  const isThisYear = then.getFullYear() === now.getFullYear();
  return isThisYear ? `${day.format(then)} ${hour.format(then)}` : dayOfYear.format(then);
}

export function troubleText(trouble: KeepTrouble): string {
  switch (trouble) {
    case 'blocked':
      return 'This browser keeps nothing for this page. Save the run as a file to have it again.';
    case 'full':
      return 'This browser has no room left, so the last change is not in Recent. Save the run as a file.';
    case 'newer':
      return 'A newer Migrascope keeps Recent. Reload the page to see it.';
    case 'large':
      return 'This run is too large for Recent. Save it as a file.';
    default:
      return trouble satisfies never;
  }
}

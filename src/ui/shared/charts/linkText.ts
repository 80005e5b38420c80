/** What stands at the links between two maps, in words and figures. */
import { withThousands } from '../../../base/numberText.ts';
import type { ShownMigration } from '../../../protocol/frameSummary.ts';
import type { FrameMessage } from '../../../protocol/messages.ts';

/** "112 MB/s", or in a word why nothing is sent. */
export function speedText({ summary: { migration } }: FrameMessage): string {
  if (migration === null) return '';
  if (migration.sendingMBps > 0) return `${rateFigure(migration.sendingMBps)}\u00a0MB/s`;
  return pauseWords(migration.phase);
}

function rateFigure(sendingMBps: number): string {
  return sendingMBps < 10 ? sendingMBps.toFixed(1) : withThousands(sendingMBps);
}

function pauseWords(phase: ShownMigration['phase']): string {
  switch (phase) {
    case 'queued':
      return 'waiting';
    case 'connecting':
      return 'connecting';
    case 'creating-shell':
      return 'reserving memory';
    case 'round':
    case 'stop-and-copy':
      return 'nothing sent';
    case 'device-state':
      return 'CPU and device state';
    case 'storage':
      return 'disk changes owner';
    case 'resuming':
      return 'starting there';
    case 'clean-up':
      return 'all sent';
    case 'saving':
      return 'nothing written';
    case 'saved':
      return 'waits for the others on it';
    case 'disk-move':
      return 'changes its owner';
    case 'restoring':
      return 'nothing read';
  }
}

export function pageText({ summary: { migration } }: FrameMessage): string {
  const page = migration?.sendingPage ?? -1;
  return page < 0 ? '' : withThousands(page);
}

/** Which way the pages of a quick migration go: down to the volume, up from it, or nowhere. */
export function wayOf({ summary: { migration } }: FrameMessage): 'down' | 'up' | 'none' {
  if (migration?.phase === 'saving') return 'down';
  return migration?.phase === 'restoring' ? 'up' : 'none';
}

/** Pages saved or read back so far. */
export function countText({ summary: { migration, pageCount } }: FrameMessage): string {
  if (migration === null || migration.phase === 'queued') return '';
  const isUnderWay = migration.phase === 'saving' || migration.phase === 'restoring';
  return withThousands(isUnderWay ? migration.sentPages : pageCount);
}

/** What `countText` counts: "of 1,048,576 pages saved". */
export function countedText({ summary: { migration, pageCount } }: FrameMessage): string {
  if (migration === null || migration.phase === 'queued') return '';
  const all = `of ${withThousands(pageCount)} pages`;
  if (migration.phase === 'saving') return `${all} saved`;
  return migration.phase === 'restoring' ? `${all} read back` : 'pages saved';
}

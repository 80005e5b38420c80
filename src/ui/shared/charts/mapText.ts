/** A memory map in words: what its description and its announcements say. */
import { withThousands } from '../../../base/numberText.ts';
import { PAGES_PER_MIB } from '../../../base/units.ts';
import { placeText } from '../../../charts/addressAxis.ts';
import { cellWords } from '../../../charts/mapCells.ts';
import type { ShownMigration } from '../../../protocol/frameSummary.ts';
import type { FrameMessage } from '../../../protocol/messages.ts';

/** "43,225 of 1,048,576 pages dirty". */
export function mapSummary({ summary }: FrameMessage): string {
  const { migration, pageCount, writtenPages } = summary;
  const all = withThousands(pageCount);
  if (migration === null)
    return `${withThousands(writtenPages)} of ${all} pages changing in a second`;
  if (migration.method === 'quick') return quickSummary(migration, all);
  const notSent = pageCount - migration.sentPages;
  const missing = notSent > 0 ? `, ${withThousands(notSent)} not sent yet` : '';
  return `${withThousands(migration.stalePages)} of ${all} pages dirty${missing}`;
}

/** "450,000 of 1,048,576 pages saved". */
function quickSummary({ phase, sentPages }: ShownMigration, all: string): string {
  if (phase === 'saving') return `${withThousands(sentPages)} of ${all} pages saved`;
  if (phase === 'restoring') return `${withThousands(sentPages)} of ${all} pages read back`;
  return phase === 'queued' ? 'It waits for its turn' : `All ${all} pages are in the file`;
}

/** "Cell 914, at 457 MB: 52 of 128 dirty". */
export function cellSentence(frame: FrameMessage, cell: number): string {
  const { pagesPerCell, pageCount } = frame.summary;
  const place = placeText(cell * pagesPerCell, pageCount / PAGES_PER_MIB);
  return `Cell ${withThousands(cell)}, at ${place}: ${cellWords(frame, cell)}`;
}

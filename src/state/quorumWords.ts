/** The votes of the cluster in words. */
import type { FrameSummary } from '../protocol/frameSummary.ts';

/** "Quorum: 3 of 4 votes, 3 are needed. The disk witness votes." */
export function votesText(quorum: FrameSummary['quorum']): string {
  const { votes, needed, total, witness } = quorum;
  const disk =
    witness === null
      ? ''
      : witness
        ? ' The disk witness votes.'
        : ' Nobody reaches the disk witness.';
  return `Quorum: ${votes} of ${total} votes, ${needed} ${needed === 1 ? 'is' : 'are'} needed.${disk}`;
}

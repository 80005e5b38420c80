/** The writers of a VM: what its guest does to its memory. */
import * as v from 'valibot';
import { choicesText } from './faultText.ts';
import { listLimits, ranges } from './limits.ts';
import { kindFault, list, object, real, whole } from './schemaParts.ts';

const writerRegion = {
  pagesPerSecond: v.optional(
    real(ranges.pagesPerSecond, 'Writes per second, each to one page of 4 KiB.'),
    5000,
  ),
  startMiB: v.optional(whole(ranges.startMiB, 'Where the written region begins, in MiB.'), 0),
  sizeMiB: v.optional(
    whole(ranges.sizeMiB, 'Size of the written region in MiB; the rest of the memory when absent.'),
  ),
  fromMs: v.optional(
    real(ranges.timeMs, 'When it begins to write, in milliseconds of the clock of the guest.'),
  ),
  toMs: v.optional(
    real(ranges.timeMs, 'When it stops writing, in milliseconds of the clock of the guest.'),
  ),
};

const writerKinds = ['uniform', 'sweep', 'once', 'hot', 'power-law'] as const;

const writerSchema = v.variant(
  'kind',
  [
    object({
      kind: v.optional(
        v.pipe(
          v.picklist(['uniform', 'sweep', 'once']),
          v.description('Evenly at random; in order, round and round; in order, one time.'),
        ),
        'uniform',
      ),
      ...writerRegion,
    }),
    object({
      kind: v.pipe(
        v.literal('hot'),
        v.description('A share of the writes goes to a small part of the region.'),
      ),
      ...writerRegion,
      hotShare: v.optional(real(ranges.hotShare, 'Share of the writes to the hot part.'), 0.9),
      hotMiB: v.optional(
        whole(
          ranges.hotMiB,
          'Size of the hot part at the start of the region, in MiB; 32, or the region, when absent.',
        ),
      ),
    }),
    object({
      kind: v.pipe(
        v.literal('power-law'),
        v.description('The page of rank k is written in proportion to k^-exponent.'),
      ),
      ...writerRegion,
      exponent: v.optional(real(ranges.exponent, 'How fast popularity falls.'), 1.5),
    }),
  ],
  kindFault(choicesText(writerKinds)),
);

export const writersSchema = list(writerSchema, [0, listLimits.writers]);

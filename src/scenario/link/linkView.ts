/** What a link says about the look of the page: nothing of it changes the run. */
import * as v from 'valibot';
import { fault } from '../faultText.ts';
import { listLimits } from '../limits.ts';
import { choice, list, object, whole } from '../schemaParts.ts';

/** What of the Lab can be left out, to show a class less at a time. */
export const panels = [
  'readouts',
  'clients',
  'volumes',
  'rounds',
  'timeline',
  'inspector',
  'log',
] as const;
export type Panel = (typeof panels)[number];

const LONGEST_TEXT = 40;
const MOST_VALUES = 16;

const screenValue = v.union(
  [
    v.pipe(v.string(), v.maxLength(LONGEST_TEXT)),
    v.pipe(v.number(), v.finite()),
    v.boolean(),
    v.null(),
  ],
  fault(`a text of at most ${LONGEST_TEXT} characters, a number, true, false or null`),
);

/** What a screen other than the Lab is set to. Each screen knows its own names, and ignores others. */
const screenSchema = v.pipe(
  v.record(v.pipe(v.string(), v.maxLength(LONGEST_TEXT)), screenValue, fault('an object')),
  v.check(
    (values) => Object.keys(values).length <= MOST_VALUES,
    fault(`at most ${MOST_VALUES} values`),
  ),
);

export const viewSchema = object({
  vm: v.optional(
    whole({ min: 0, max: listLimits.vms - 1 }, 'Place of the selected VM in the list of VMs.'),
    0,
  ),
  mapMode: v.optional(choice(['state', 'content'], 'What the memory maps show.'), 'state'),
  timeScale: v.optional(choice(['equal', 'to-scale'], 'Width of a phase.'), 'equal'),
  pageScale: v.optional(choice(['log', 'linear'], 'Axis of pages.'), 'log'),
  hidden: v.optional(
    list(choice(panels, 'A panel of the Lab that is left out.'), [0, panels.length]),
    [],
  ),
  screen: v.optional(screenSchema, {}),
});

export type SharedView = Readonly<v.InferOutput<typeof viewSchema>>;
export type ScreenView = SharedView['screen'];

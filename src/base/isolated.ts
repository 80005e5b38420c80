/**
 * A name as part of a sentence. One that is written from right to left would turn round what stands beside it: the number
 * after it, the next name of a list. Unicode isolates (U+2068 to U+2069) keep its direction inside, in every
 * place that takes a text: sentences, labels of screen readers, pictures, the command line. A letter keeps as many marks
 * as any script needs: a heap of them would rise over the lines above.
 */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const HEAP_OF_MARKS = /(\p{Mn}{3})\p{Mn}+/gu;

export function isolated(name: string): string {
  const shown = name.replaceAll(HEAP_OF_MARKS, '$1');
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}

/**
 * Names that people give: of VMs, nodes, volumes, branches, and titles. Any script is welcome. A name has something that can be
 * seen, and leaves the text around it alone.
 */

/** Neither a space nor a character without a picture of its own. U+2800 is the braille cell without dots. */
const VISIBLE = /[^\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Tabs and line breaks of every sort. */
const BREAKS = /[\t-\r\u0085\u2028\u2029]/g;

/** Control characters, and those that turn the text after them round until somebody ends it. */
const CONTROLS = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

/** Halves of characters, which no encoding can carry. */
const HALVES = /\p{Cs}/gu;

export function isBlank(name: string): boolean {
  return !VISIBLE.test(name);
}

/** A name that stays on its line and in its direction, wherever it is shown: line breaks become spaces, control characters go. */
export function plainName(name: string): string {
  return name.replace(BREAKS, ' ').replace(CONTROLS, '').replace(HALVES, '\uFFFD');
}

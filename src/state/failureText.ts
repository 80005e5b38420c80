/** Why a run could not go on, for people. */

/** What browsers say when memory is all used up: Chromium and Safari, Firefox, and what is too large for any of them. */
const NO_MEMORY =
  /allocation failed|out of memory|allocation size overflow|invalid .*array.* length/i;

const MEMORY_TEXT =
  'This computer has not enough memory for this run. Close other tabs and try again, or give the VMs less memory.';

/** @param error  Name and message of what was thrown: "InvariantError: a page was lost". */
export function failureText(error: string): string {
  if (NO_MEMORY.test(error)) return MEMORY_TEXT;
  return /[.!?]$/.test(error) ? error : `${error}.`;
}

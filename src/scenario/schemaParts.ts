/** What the schema of the scenario file is made of: numbers in a range, texts, choices, closed objects, lists. */
import * as v from 'valibot';
import { choicesText, fault, valueText } from './faultText.ts';
import { LONGEST_ID, type NumberRange } from './limits.ts';
import { isBlank } from './names.ts';

/** @param or  What else is allowed; for people. */
export function real({ min, max }: NumberRange, description: string, or = '') {
  const message = fault(`a number from ${min} to ${max}${or}`);
  return v.pipe(
    v.number(message),
    v.minValue(min, message),
    v.maxValue(max, message),
    v.description(description),
  );
}

/** @param or  What else is allowed; for people. */
export function whole({ min, max }: NumberRange, description: string, or = '') {
  const message = fault(`a whole number from ${min} to ${max}${or}`);
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(min, message),
    v.maxValue(max, message),
    v.description(description),
  );
}

/** A number of that sort, or null. */
export function orNull<const T extends v.GenericSchema>(
  number: (range: NumberRange, description: string, or: string) => T,
  range: NumberRange,
  description: string,
) {
  return v.nullable(number(range, description, ' or null'));
}

export function flag(description: string) {
  return v.pipe(v.boolean(fault('true or false')), v.description(description));
}

/** A name that people read. The JSON schema cannot say that it is not blank. */
export function name(longest: number, description: string) {
  const allowed = `a text of 1 to ${longest} characters, one of which can be seen`;
  const message = fault(allowed);
  return v.pipe(
    v.string(message),
    v.minLength(1, message),
    v.maxLength(longest, message),
    v.check(
      (text) => !isBlank(text),
      ({ input }) => `${valueText(input)} is blank, allowed: ${allowed}`,
    ),
    v.description(description),
  );
}

/** An id of an own entry, or of the entry it refers to. */
export function id(description: string) {
  const message = fault(
    `an id of 1 to ${LONGEST_ID} letters, digits, "-", "_" and ".", beginning with a letter or digit`,
  );
  return v.pipe(
    v.string(message),
    v.maxLength(LONGEST_ID, message),
    v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, message),
    v.description(description),
  );
}

/** An id that a file may leave out: `references.ts` fills it in before the schema looks. */
export function optionalId(description: string) {
  return v.optional(id(description));
}

export function choice<const T extends readonly string[]>(choices: T, description: string) {
  const allowed = fault(choicesText(choices));
  return v.pipe(v.picklist(choices, allowed), v.description(description));
}

export function object<const T extends v.ObjectEntries>(entries: T) {
  const notAnObject = fault(`an object with ${Object.keys(entries).join(', ')}`);
  return v.strictObject(entries, (issue) => {
    // With a path it is about a key that is missing, and the value's own schema knows what is allowed there.
    const [missing] = issue.path ?? [];
    const schema = missing === undefined ? undefined : entries[String(missing.key)];
    if (schema === undefined) return notAnObject(issue);
    return (
      v.safeParse(schema as v.GenericSchema, undefined).issues?.[0].message ?? notAnObject(issue)
    );
  });
}

/** @param allowed  What may stand there; for people. */
export function list<const T extends v.GenericSchema>(
  item: T,
  [least, most]: readonly [number, number],
  allowed = `a list of ${least} to ${most} entries`,
) {
  const message = fault(allowed);
  return v.pipe(v.array(item, message), v.minLength(least, message), v.maxLength(most, message));
}

/** For entries told apart by a key: either that key is wrong, or the entry is no object at all. */
export function kindFault(choices: string): (issue: v.BaseIssue<unknown>) => string {
  return (issue) =>
    issue.path === undefined
      ? `${valueText(issue.input)} is not an object, allowed: one of ${choices}`
      : fault(`one of ${choices}`)(issue);
}

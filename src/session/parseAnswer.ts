/** A message of the worker that does not fit its type is an error with a name and a path. */
import * as v from 'valibot';
import { simAnswerSchema, type SimAnswer } from '../protocol/messages.ts';

/** @throws ProtocolError */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** The answer, or what is wrong with it. */
export function parseAnswer(data: unknown): SimAnswer | ProtocolError {
  const result = v.safeParse(simAnswerSchema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? 'message';
  return new ProtocolError(`${path}: ${issue.message}`);
}

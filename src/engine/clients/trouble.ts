/** A stretch of time in which a client has no answer. The calm between is never looked at. */
import type { Nanoseconds } from '../../base/units.ts';

/** From a request that is not answered at once until the client is answered again. A time that does not come is infinite. */
export interface Trouble {
  readonly sentNs: Nanoseconds;
  /** The guest acknowledges the request, but its disk does not answer. Rule CN7. */
  readonly heardNs: Nanoseconds;
  /** The guest was lost before its disk answered, and the client asks again. Rule CN7. */
  readonly againNs: Nanoseconds;
  /** The connection is lost. Rules CN4 and CN5. */
  readonly lostNs: Nanoseconds;
  /** The answer, or the new connection. */
  readonly endNs: Nanoseconds;
}

/** What the schemas of several messages are made of. Times are integer nanoseconds of simulated time; indices are places in the scenario's lists. */
import * as v from 'valibot';
import type { VmStatusName } from '../engine/cluster/vmState.ts';
import type { PhaseName } from '../engine/migration/migration.ts';

export const ns = v.number();
export const index = v.pipe(v.number(), v.integer(), v.minValue(0));
export const maybe = <T extends v.GenericSchema>(schema: T) => v.nullable(schema);

export const phaseName = v.custom<PhaseName>((value) => typeof value === 'string');

const method = v.picklist(['live', 'quick']);
/** Who asked for it: a person, a node that is drained, or the cluster after a failure or a repair. */
const cause = v.picklist(['operator', 'drain', 'failover', 'failback']);
export const clientKind = v.picklist(['windows-lan', 'linux-lan', 'ping']);
/** A node index, or -1 for nobody. */
export const ownerIndex = v.pipe(v.number(), v.integer(), v.minValue(-1));
export const vmStatus = v.custom<VmStatusName>((value) => typeof value === 'string');

/** Which move it is: of what, from where to where, why and since when. */
export const moveEntries = {
  id: index,
  method,
  cause,
  vm: index,
  from: index,
  to: index,
  requestedNs: ns,
} as const;

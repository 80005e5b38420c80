/**
 * Ids and references that a file leaves out: everything but the version has a default. Only what is missing is
 * filled in, before the schema looks, so what is wrong stays wrong.
 */

/** An entry of a list as a file may have it. */
type Entry = Readonly<Record<string, unknown>>;

/** @param value  What the text of a file stands for, unknown keys taken out. */
export function withReferences(value: unknown): unknown {
  if (!isEntry(value)) return value;
  const nodes = named(value['nodes'], 'node');
  const firstNode = entryId(nodes) ?? 'node1';
  const namedVms = named(value['vms'], 'vm');
  // Without a word about volumes the VMs are on one that every node can use.
  const needsVolume =
    value['volumes'] === undefined && Array.isArray(namedVms) && namedVms.length > 0;
  const volumes = needsVolume
    ? [{ id: 'csv1', kind: 'csv', owner: firstNode }]
    : filled(named(value['volumes'], 'lun'), () => ({ owner: firstNode }));
  const vms = filled(namedVms, (vm) => placeOf(vm, volumes, possibleNodes(vm, nodes), firstNode));
  return given({ ...value, nodes, volumes, vms });
}

/** Where a VM is when it does not say: on a volume its node can use, on the node that can use its volume. */
function placeOf(
  vm: Entry,
  volumes: unknown,
  possible: readonly unknown[],
  firstNode: string,
): Entry {
  const all = Array.isArray(volumes) ? volumes.filter(isEntry) : [];
  const usable = all.find(({ kind, owner }) => kind === 'csv' || possible.includes(owner));
  const own =
    vm['volume'] === undefined
      ? ((possible.length === 0 ? undefined : usable) ?? all[0])
      : all.find(({ id }) => id === vm['volume']);
  const isDisk = own !== undefined && own['kind'] !== 'csv';
  return {
    volume: own?.['id'] ?? 'lun1',
    node: isDisk ? own['owner'] : (possible[0] ?? firstNode),
  };
}

/** The nodes that a VM names for itself, as far as they exist: its node, or else its possible owners. */
function possibleNodes(vm: Entry, nodes: unknown): readonly unknown[] {
  if (vm['node'] !== undefined) return [vm['node']];
  const owners: unknown = vm['possibleOwners'];
  // A file without nodes has two.
  const known: readonly unknown[] = Array.isArray(nodes)
    ? nodes.map((node: unknown) => (isEntry(node) ? node['id'] : undefined))
    : ['node1', 'node2'];
  return Array.isArray(owners)
    ? owners.filter((owner) => typeof owner === 'string' && known.includes(owner))
    : [];
}

/** An entry without an id is called by its place: `node1`, `node2`, … */
function named(list: unknown, name: string): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown, place) =>
    isEntry(entry) ? { id: `${name}${place + 1}`, ...given(entry) } : entry,
  );
}

function filled(list: unknown, defaults: (entry: Entry) => Entry): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown) => (isEntry(entry) ? { ...defaults(entry), ...entry } : entry));
}

function entryId(list: unknown): string | undefined {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  return isEntry(first) && typeof first['id'] === 'string' ? first['id'] : undefined;
}

/** Without what is undefined: it counts as absent. */
function given(entry: Entry): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

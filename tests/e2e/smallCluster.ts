/** A scenario file with two small nodes and one without room. @param extra  Further VMs on the first node, all moved at once. */
export function small(extra: readonly string[] = []): Buffer {
  const scenario = {
    migrascope: 1,
    title: 'Two and a tight one',
    nodes: [
      { id: 'a', name: 'Wide', memoryMiB: 1024 },
      { id: 'b', name: 'Other', memoryMiB: 1024 },
      { id: 'c', name: 'Tight', memoryMiB: 32 },
    ],
    volumes: [{ id: 'csv1', name: 'CSV 1', kind: 'csv', owner: 'a' }],
    vms: [
      {
        id: 'web01',
        name: 'web-01',
        node: 'a',
        volume: 'csv1',
        memoryMiB: 64,
        writers: [{ kind: 'uniform', pagesPerSecond: 2000 }],
      },
      ...extra.map((id) => ({ id, name: id, node: 'a', volume: 'csv1', memoryMiB: 64 })),
    ],
    commands:
      extra.length === 0
        ? []
        : ['web01', ...extra].map((vm) => ({ atMs: 0, do: 'live-migrate', vm, to: 'b' })),
  };
  return Buffer.from(JSON.stringify(scenario));
}

/** Cables that are cut and put back. What the cluster does about it is in `cluster/recover.ts`. Rules ST4, ST5, LM14, OP9. */
import { at } from '../base/assert.ts';
import { nodeIndex, volumeIndex } from './cluster/clusterState.ts';
import type { Operation } from './command.ts';
import { failMigration } from './migration/brokenMigration.ts';
import type { PhaseName } from './migration/migration.ts';
import type { World } from './world.ts';

type StorageOperation = Extract<Operation, { do: 'cut-storage-path' | 'repair-storage-path' }>;
type NetworkOperation = Extract<
  Operation,
  { do: 'cut-migration-network' | 'repair-migration-network' }
>;

/** The path to one volume, or all paths of the node, that to the disk witness too. */
export function setStoragePaths(world: World, operation: StorageOperation): void {
  const { scenario, state } = world;
  const whole = operation.do === 'repair-storage-path';
  const node = nodeIndex(scenario, operation.node);
  const own = at(state.nodes, node);
  const all = operation.volume === undefined;
  const only = all ? -1 : volumeIndex(scenario, operation.volume);
  const touched = (path: boolean, volume: number): boolean =>
    path !== whole && (all || volume === only);
  const name = world.nodeName(node);
  const what = all ? 'the storage' : world.volumeName(only);
  if (!own.storagePaths.some(touched) && !(all && own.witnessPath !== whole)) {
    const isNow = whole ? 'whole' : 'cut';
    return world.emit('command-refused', -1, `The path of ${name} to ${what} is ${isNow} already`);
  }
  own.storagePaths = own.storagePaths.map((path, volume) => (touched(path, volume) ? whole : path));
  if (all) own.witnessPath = whole;
  world.emit(
    whole ? 'storage-path-repaired' : 'storage-path-cut',
    -1,
    `The path of ${name} to ${what} is ${whole ? 'repaired' : 'cut'}`,
  );
}

/** Phases in which memory or its plan goes over the network. Afterwards all is across. */
const onNetwork: ReadonlySet<PhaseName> = new Set([
  'connecting',
  'creating-shell',
  'round',
  'stop-and-copy',
  'device-state',
]);

/** Of one node, or of all. A live migration that needs it ends, and its VM goes on at the source. Rule LM14. */
export function setMigrationNetwork(world: World, operation: NetworkOperation): void {
  const { scenario, state } = world;
  const whole = operation.do === 'repair-migration-network';
  const nodes =
    operation.node === undefined
      ? scenario.nodes.map((_, node) => node)
      : [nodeIndex(scenario, operation.node)];
  const changed = nodes.filter((node) => at(state.nodes, node).migrationNetwork !== whole);
  const who = operation.node === undefined ? 'all nodes' : world.nodeName(nodes[0] ?? 0);
  if (changed.length === 0) {
    const isNow = whole ? 'whole' : 'cut';
    return world.emit('command-refused', -1, `The migration network of ${who} is ${isNow} already`);
  }
  for (const node of changed) at(state.nodes, node).migrationNetwork = whole;
  world.emit(
    whole ? 'migration-network-repaired' : 'migration-network-cut',
    -1,
    `The migration network of ${who} is ${whole ? 'repaired' : 'cut'}`,
  );
  if (whole) return;
  for (const migration of [...state.migrations]) {
    const { from, to, phase } = migration;
    if (!onNetwork.has(phase.name) || !(changed.includes(from) || changed.includes(to))) continue;
    failMigration(world, migration, 'the migration network is cut');
  }
}

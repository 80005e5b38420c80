/**
 * How fast memory goes to a file and back. Transfers over one node's path to the storage share it evenly; over the
 * cluster network, through the coordinator, they are no faster than that. Source: facts B1, B2. Rules QM4, ST6.
 */
import { at } from '../../base/assert.ts';
import { NS_PER_S, PAGE_BYTES, PAGES_PER_MIB, msToNs } from '../../base/units.ts';
import { changePageCost, type PageCost } from '../migration/copyPass.ts';
import type { Migration, StoragePlan } from '../migration/migration.ts';
import type { World } from '../world.ts';
import { accessOf } from './access.ts';

const MIB_PER_GIB = 1024;

/** Of the whole time the disk takes at most this share, so that a small VM is not all disk. Chosen for teaching. */
const MOST_DISK_SHARE = 1 / 4;

/** While the volume does not answer; long enough to count as never, short enough to compute with. */
const STALLED_PAGE_NS = 1e15;

/** The shortest time of a page that is computed with. */
const LEAST_PAGE_NS = 1;

/**
 * How VMs of `memoryMiB` together are moved by quick migration. With a time for each GiB in all the disk's move is
 * part of it, and save and restore take equal parts of the rest. Rule QM4.
 */
export function storagePlan(
  { scenario, state }: World,
  memoryMiB: number,
  movesDisk: boolean,
): StoragePlan {
  const { secondsPerGiB } = scenario.quickMigration;
  const moveNs = movesDisk ? msToNs(state.settings.diskMoveMs) : 0;
  if (secondsPerGiB === null) {
    const pageNs = (PAGE_BYTES * 1000) / scenario.network.storageMBps;
    return { pageNs: Math.max(LEAST_PAGE_NS, pageNs), diskMoveNs: moveNs };
  }
  const allNs = (secondsPerGiB * NS_PER_S * memoryMiB) / MIB_PER_GIB;
  const diskMoveNs = Math.round(Math.min(moveNs, allNs * MOST_DISK_SHARE));
  const pageNs = (allNs - diskMoveNs) / 2 / (memoryMiB * PAGES_PER_MIB);
  return { pageNs: Math.max(LEAST_PAGE_NS, pageNs), diskMoveNs };
}

/** What a page of a save or restore costs now. */
export function storagePageCost(world: World, migration: Migration): PageCost {
  const { scenario, state } = world;
  const own = routeOf(world, migration);
  if (own === null) return { pageBytes: PAGE_BYTES, pageNs: STALLED_PAGE_NS };
  // The migration itself may not be among those under way yet.
  const others = state.migrations.filter(
    ({ id, phase }) => id !== migration.id && isTransfer(phase),
  );
  const sharers = others
    .map((other) => routeOf(world, other))
    .filter((other) => other?.pathNode === own.pathNode);
  const pageNs = (migration.storage?.pageNs ?? LEAST_PAGE_NS) * (1 + sharers.length);
  if (!own.redirected) return { pageBytes: PAGE_BYTES, pageNs };
  const redirected = 1 + sharers.filter((other) => other?.redirected === true).length;
  const clusterPageNs = (PAGE_BYTES * 1000) / scenario.network.clusterMBps;
  return { pageBytes: PAGE_BYTES, pageNs: Math.max(pageNs, clusterPageNs * redirected) };
}

interface Route {
  /** The node whose path to the storage the pages take: the transfer's own, or the coordinator. */
  readonly pathNode: number;
  /** Over the cluster network, to the coordinator. */
  readonly redirected: boolean;
}

/** null: the volume does not answer, and the transfer takes nothing from anyone. */
function routeOf(world: World, migration: Migration): Route | null {
  const { state } = world;
  const volume = world.volumeOf(migration.vm);
  const node = transferNode(migration);
  const access = accessOf(state, node, volume);
  if (access === 'stalled' || access === 'none') return null;
  const redirected = access === 'redirected';
  return { pathNode: redirected ? at(state.volumes, volume).owner : node, redirected };
}

function isTransfer({ name }: Migration['phase']): boolean {
  return name === 'saving' || name === 'restoring';
}

/** A save leaves the source, a restore arrives at the target. */
function transferNode({ phase, from, to }: Migration): number {
  return phase.name === 'restoring' ? to : from;
}

/** Brings all saves and restores to the speed that holds from now on. */
export function settleStorageRates(world: World): void {
  for (const migration of world.state.migrations) {
    const { phase } = migration;
    if (phase.name !== 'saving' && phase.name !== 'restoring') continue;
    const cost = storagePageCost(world, migration);
    if (cost.pageNs === phase.pass.pageNs) continue;
    const counts = phase.name === 'saving';
    if (counts) migration.bytesSent += (phase.pass.sent - phase.pass.anchorSent) * PAGE_BYTES;
    changePageCost(phase.pass, world.state.timeNs, cost);
  }
}

/** MB/s of a save or restore at the moment; 0 while the volume does not answer. */
export function storageMBpsNow(pass: PageCost): number {
  return pass.pageNs >= STALLED_PAGE_NS ? 0 : (PAGE_BYTES * 1000) / pass.pageNs;
}

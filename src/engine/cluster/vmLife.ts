/** How a VM loses its memory, and how it comes up again. Source: facts D5. Rules FO3 to FO6. */
import { at } from '../../base/assert.ts';
import { memoryText, pagesText, secondsText } from '../../base/numberText.ts';
import { NS_PER_S, PAGES_PER_MIB, msToNs, type Nanoseconds } from '../../base/units.ts';
import { markTouched } from '../memory/touchedPages.ts';
import { readBack } from '../migration/quickMigration.ts';
import type { World } from '../world.ts';
import { loseVm, startVm, type VmState } from './vmState.ts';

/** VM configuration and VM resource come online. Source: facts D5 (1 to 2 s, our assumption). */
const CONFIGURING_NS: Nanoseconds = 1 * NS_PER_S;

/**
 * The VM is gone from its node. What was in its memory is lost, unless all of it is in a file on its volume.
 * Rules FO3, FO6.
 *
 * @param why "its node stopped".
 */
export function crashVm(world: World, vm: number, why: string): void {
  const own = at(world.state.vms, vm);
  const { name: status } = own.status;
  const name = world.vmName(vm);
  if (status === 'off' || status === 'saved') return;
  // Why it could not leave its node, if it was to.
  own.blocked = null;
  if (status === 'restoring') {
    // Its migration fails too, and says what becomes of it.
    own.status = { name: 'saved' };
    return;
  }
  if (own.status.name === 'configuring' && own.status.from !== null) {
    own.status = { name: 'saved' };
    world.emit(
      'vm-stopped',
      vm,
      `${name} stops being started: ${why}. Its file on ${world.volumeName(world.volumeOf(vm))} is whole, so nothing is lost`,
    );
    return;
  }
  const hadMemory = status !== 'configuring' && status !== 'booting';
  const lost = hadMemory ? touchedPages(world, vm, own) : 0;
  loseVm(own, world.state.timeNs);
  if (!hadMemory) return world.emit('vm-stopped', vm, `${name} stops being started: ${why}`);
  world.emit('vm-crashed', vm, `${name} stops without warning: ${why}`);
  if (lost === 0) return;
  own.lostPages += lost;
  world.emit(
    'memory-lost',
    vm,
    `${lostText(lost)} of the memory of ${name} were never on disk and are lost`,
  );
}

/** Of less than a MB, the pages. */
function lostText(pages: number): string {
  return pages < PAGES_PER_MIB ? pagesText(pages) : memoryText(pages / PAGES_PER_MIB);
}

/** Pages that hold something. Rule WR7. */
function touchedPages(world: World, vm: number, own: VmState): number {
  const { memoryMiB, touchedMiB } = at(world.scenario.vms, vm);
  if (touchedMiB === memoryMiB) return memoryMiB * PAGES_PER_MIB;
  const bits = new Int32Array((memoryMiB * PAGES_PER_MIB) / 32);
  return markTouched(bits, touchedMiB * PAGES_PER_MIB, own, world.streamOf(vm), world.clockOf(vm));
}

/** The group comes online on `node`: its configuration, then the VM. Rule RG1. */
export function startGroup(world: World, vm: number, node: number, reason: string): void {
  const own = at(world.state.vms, vm);
  const from = own.status.name === 'saved' ? own.node : null;
  own.node = node;
  own.blocked = null;
  own.status = { name: 'configuring', endNs: world.state.timeNs + CONFIGURING_NS, from };
  world.emit(
    'vm-placed',
    vm,
    `${world.vmName(vm)} comes online on ${world.nodeName(node)}: ${reason}`,
  );
}

/** When the present status ends by itself; Infinity when it does not. */
export function statusEndNs({ status }: VmState): Nanoseconds {
  return 'endNs' in status ? status.endNs : Infinity;
}

/** The status that is due ends. */
export function endStatus(world: World, vm: number): void {
  const own = at(world.state.vms, vm);
  const { status } = own;
  if (status.name === 'configuring') return configured(world, vm, status.from);
  const outNs = startVm(own, world.state.timeNs);
  const name = world.vmName(vm);
  const node = world.nodeName(own.node);
  world.emit('resource-online', vm, `Virtual Machine ${name} is online on ${node}`);
  world.emit(
    'vm-started',
    vm,
    `${name} runs again on ${node} after ${secondsText(outNs / NS_PER_S)} without an answer: it has forgotten all open connections`,
  );
}

function configured(world: World, vm: number, from: number | null): void {
  const own = at(world.state.vms, vm);
  const name = world.vmName(vm);
  const node = world.nodeName(own.node);
  if (from !== null) return readBack(world, vm, from);
  world.emit('resource-online', vm, `Virtual Machine Configuration ${name} is online on ${node}`);
  own.status = {
    name: 'booting',
    endNs: world.state.timeNs + msToNs(world.scenario.failover.bootMs),
  };
  const disk = world.volumeName(world.volumeOf(vm));
  world.emit(
    'vm-boot-started',
    vm,
    `${name} boots on ${node} from its disk on ${disk}: its memory is gone as after a power cut`,
  );
}

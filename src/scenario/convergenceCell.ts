/**
 * The convergence map's question to the engine: what happens when one VM is live-migrated at the start of a scenario,
 * if its guest wrote at another rate and the migration network had another bandwidth?
 *
 * The rule of a cell. Everything is as in the scenario, except:
 * 1. the VM's writers are multiplied by one factor, so that their `pagesPerSecond` add up to the cell's dirty rate; regions,
 *    kinds, shares and times stay. A VM whose writers write nothing has one `uniform` writer over its touched memory.
 * 2. `network.migrationMBps` is the cell's bandwidth.
 * 3. Without a limit of rounds it has the largest that a file can set: a cell has to come to its end.
 * 4. The only command is one live migration of the VM at 0.
 * 5. The run ends with the migration, however long that takes; `untilMs` is raised where it would cut it off.
 * At the scenario's own rate and bandwidth 1 and 2 change nothing: that cell is the run of the Lab.
 */
import { at } from '../base/assert.ts';
import type { Scenario, VmSpec } from '../engine/scenario.ts';
import type { WriterSpec } from '../engine/settings.ts';
import { ranges } from './limits.ts';

export interface ConvergencePoint {
  /** Writes of all writers of the VM together. */
  readonly pagesPerSecond: number;
  /** MB = 10^6 bytes. */
  readonly migrationMBps: number;
}

/** Writes of all writers together, in pages per second. */
export function dirtyRate(writers: readonly WriterSpec[]): number {
  return writers.reduce((sum, { pagesPerSecond }) => sum + pagesPerSecond, 0);
}

/** The scenario of a cell, without its command: ready for the migration. */
export function scenarioAt(scenario: Scenario, vm: number, point: ConvergencePoint): Scenario {
  const { pagesPerSecond, migrationMBps } = point;
  const spec = at(scenario.vms, vm);
  const moved = { ...spec, writers: writersAt(spec, pagesPerSecond) };
  return {
    ...scenario,
    vms: scenario.vms.map((other, index) => (index === vm ? moved : other)),
    network: { ...scenario.network, migrationMBps },
    liveMigration: {
      ...scenario.liveMigration,
      maxRounds: scenario.liveMigration.maxRounds ?? ranges.maxRounds.max,
    },
    commands: [],
    untilMs: ranges.untilMs.max,
  };
}

function writersAt(spec: VmSpec, pagesPerSecond: number): readonly WriterSpec[] {
  const own = dirtyRate(spec.writers);
  if (own === pagesPerSecond) return spec.writers;
  if (own === 0) {
    const sizeMiB = Math.max(1, spec.touchedMiB);
    return [{ kind: 'uniform', pagesPerSecond, startMiB: 0, sizeMiB }];
  }
  const factor = pagesPerSecond / own;
  return spec.writers.map((writer) => ({
    ...writer,
    pagesPerSecond: writer.pagesPerSecond * factor,
  }));
}

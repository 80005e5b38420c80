import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_MEMORY_MIB } from '../../../src/scenario/limits.ts';
import { openScenarioValue, parseScenarioValue } from '../../../src/scenario/parse.ts';
import { repaired } from '../../../src/scenario/repairs.ts';
import { arbitraryScenario } from '../../support/arbitraryScenario.ts';

const TIB = 1_048_576;

/** @returns The problems of a new file, and what an old one becomes. */
function openedAs(file: unknown) {
  const strict = parseScenarioValue(file);
  const opened = openScenarioValue(file);
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  const problems = strict.ok
    ? []
    : strict.problems.map(({ path, message }) => `${path}: ${message}`);
  return { problems, ...opened };
}

describe('an old file', () => {
  it('with blank names gets ids for them', () => {
    const { problems, scenario, repair } = openedAs({
      migrascope: 1,
      title: '\u200b',
      nodes: [{ name: ' ' }, { name: 'Node 2' }],
      volumes: [{ name: '\t' }],
      vms: [{ name: '\u202e' }, { id: 'db', name: '\u00ad' }, { name: 'web' }],
    });
    expect(problems).toHaveLength(5);
    expect(scenario.title).toBe('Untitled scenario');
    expect(scenario.nodes.map(({ name }) => name)).toEqual(['node1', 'Node 2']);
    expect(scenario.volumes.map(({ name }) => name)).toEqual(['lun1']);
    expect(scenario.vms.map(({ name }) => name)).toEqual(['vm1', 'db', 'web']);
    expect(repair).toBe('5 blank names were replaced.');
  });

  it('with an empty name is refused as it always was', () => {
    expect(openScenarioValue({ migrascope: 1, vms: [{ name: '' }] }).ok).toBe(false);
  });

  const nodes = [{ memoryMiB: 16 * TIB }];

  it('with more memory than all VMs may have gets less of it', () => {
    const writer = { kind: 'hot', startMiB: TIB / 2, sizeMiB: TIB / 2, hotMiB: TIB / 2 };
    const { problems, scenario, repair } = openedAs({
      migrascope: 1,
      nodes,
      vms: [
        { memoryMiB: TIB, touchedMiB: TIB, writers: [writer] },
        { memoryMiB: TIB, touchedMiB: 7 },
        { memoryMiB: TIB },
        { id: 'small', memoryMiB: 512, writers: [{ sizeMiB: 512 }] },
      ],
      commands: [
        { do: 'set-writers', vm: 'vm2', writers: [{ startMiB: 5, sizeMiB: TIB - 5 }, {}] },
        { do: 'set-writers', vm: 'small', writers: [{ startMiB: 5, sizeMiB: 507 }] },
      ],
    });
    expect(problems).toEqual([
      'vms[2].memoryMiB: 1048576 is more than the VMs before it leave, allowed: at most 0, since all VMs together have at most 2097152',
    ]);
    expect(scenario.vms.map(({ memoryMiB }) => memoryMiB)).toEqual([
      TIB / 2,
      TIB / 2,
      TIB / 2,
      512,
    ]);
    expect(scenario.vms.map(({ touchedMiB }) => touchedMiB)).toEqual([TIB / 2, 7, TIB / 2, 512]);
    expect(scenario.vms[0]?.writers[0]).toMatchObject({
      startMiB: 0,
      sizeMiB: TIB / 2,
      hotMiB: TIB / 2,
    });
    expect(scenario.commands).toMatchObject([
      {
        writers: [
          { startMiB: 5, sizeMiB: TIB / 2 - 5 },
          { startMiB: 0, sizeMiB: TIB / 2 },
        ],
      },
      { writers: [{ startMiB: 5, sizeMiB: 507 }] },
    ]);
    expect(repair).toBe(
      'No VM has more than 512\u00a0GB now, because all VMs together have at most 2\u00a0TB.',
    );
  });

  it('with two faults tells both in one sentence', () => {
    const vms = Array.from({ length: 64 }, () => ({ name: ' ', memoryMiB: TIB }));
    const four = Array.from({ length: 4 }, () => ({ memoryMiB: 16 * TIB }));
    const { scenario, repair } = openedAs({
      migrascope: 1,
      nodes: four,
      vms: vms.map((vm, place) => ({ ...vm, node: `node${1 + (place % 4)}` })),
    });
    expect(scenario.vms.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0)).toBe(MOST_MEMORY_MIB);
    expect(repair).toBe(
      '64 blank names were replaced, and no VM has more than 32\u00a0GB now, because all VMs together have at most 2\u00a0TB.',
    );
  });

  it('of exactly as much memory as is allowed stays as it is', () => {
    const { problems, repair } = openedAs({
      migrascope: 1,
      nodes,
      vms: [{ memoryMiB: TIB }, { memoryMiB: TIB - 16 }, { memoryMiB: 16 }],
    });
    expect({ problems, repair }).toEqual({ problems: [], repair: null });
  });
});

describe('repairing', () => {
  it('changes nothing of what is valid', () => {
    fc.assert(
      fc.property(arbitraryScenario, (scenario) => {
        expect(openScenarioValue({ migrascope: 1, ...scenario })).toStrictEqual({
          ...parseScenarioValue({ migrascope: 1, ...scenario }),
          repair: null,
        });
      }),
      { numRuns: 100 },
    );
  });

  it('takes any value', () => {
    const vms = fc.array(fc.record({ memoryMiB: fc.anything(), writers: fc.anything() }));
    const file = fc.record({ vms: fc.oneof(vms, fc.anything()), commands: fc.anything() });
    fc.assert(
      fc.property(fc.oneof(file, fc.anything()), (value) => {
        expect(repaired(value)).toHaveProperty('repair');
      }),
    );
  });
});

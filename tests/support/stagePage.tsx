/** The stage of the Lab alone, over a fake session: what its nodes, cards and volumes say. */
import { act, screen, within } from '@testing-library/react';
import type { Scenario } from '../../src/engine/scenario.ts';
import type { FrameSummary, ShownMigration } from '../../src/protocol/frameSummary.ts';
import type { MigrationRow } from '../../src/protocol/runInfo.ts';
import { parseScenario } from '../../src/scenario/parse.ts';
import { Stage } from '../../src/ui/stage/Stage.tsx';
import { fakeLab } from './fakeLab.tsx';
import { runOf, SECOND, summaryOf } from './fakeSession.ts';

const vm = (name: string, node: string, memoryMiB: number, volume: string) => {
  return { id: name.replace('-', ''), name, node, memoryMiB, volume };
};

function scenarioOf(volumes: readonly object[], vms: readonly object[]): Scenario {
  const nodes = [1, 2, 3].map((n) => ({ id: `node${n}`, name: `Node ${n}`, memoryMiB: 32_768 }));
  const result = parseScenario(JSON.stringify({ migrascope: 1, nodes, volumes, vms }));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

/** web-01 and db-01 on Node 1, app-01 on Node 3; LUN 1 of Node 1, LUN 2 of Node 3. */
export const onLuns = scenarioOf(
  [
    { id: 'lun1', name: 'LUN 1', kind: 'cluster-disk', owner: 'node1' },
    { id: 'lun2', name: 'LUN 2', kind: 'cluster-disk', owner: 'node3' },
  ],
  [
    vm('web-01', 'node1', 4096, 'lun1'),
    vm('db-01', 'node1', 8192, 'lun1'),
    vm('app-01', 'node3', 6144, 'lun2'),
  ],
);
/** The same on one volume, which Node 1 coordinates. */
export const onCsv = scenarioOf(
  [{ id: 'csv1', name: 'CSV 1', kind: 'csv', owner: 'node1' }],
  [
    vm('web-01', 'node1', 4096, 'csv1'),
    vm('db-01', 'node1', 8192, 'csv1'),
    vm('app-01', 'node3', 6144, 'csv1'),
  ],
);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A summary at rest, changed by `edit`: lists of it are fresh copies. */
function momentOf(scenario: Scenario, edit: (moment: Moment) => void): FrameSummary {
  const summary = summaryOf(scenario);
  const moment: Moment = {
    vms: summary.vms.map((row) => ({ ...row })),
    nodes: summary.nodes.map((row) => ({ ...row })),
    volumes: summary.volumes.map((row) => ({ ...row })),
    timeNs: 14 * SECOND,
    migration: null,
    quorum: summary.quorum,
  };
  edit(moment);
  return { ...summary, ...moment };
}

interface Moment {
  readonly vms: Writable<FrameSummary['vms'][number]>[];
  readonly nodes: Writable<FrameSummary['nodes'][number]>[];
  readonly volumes: Writable<FrameSummary['volumes'][number]>[];
  timeNs: number;
  migration: ShownMigration | null;
  quorum: FrameSummary['quorum'];
}

export function openStage(scenario: Scenario, migrations: readonly MigrationRow[] = []) {
  const { session, viewStore, show } = fakeLab(scenario);
  const { container } = show(<Stage />);
  const node = (name: string): HTMLElement => screen.getByRole('region', { name });
  const plain = (text: string | null | undefined): string => (text ?? '').replaceAll('\u00a0', ' ');
  return {
    session,
    viewStore,
    show: (edit: (moment: Moment) => void) =>
      act(() => {
        session.emit({ type: 'run', run: runOf(scenario, { migrations: [...migrations] }) });
        session.paint(momentOf(scenario, edit));
      }),
    node: (name: string) => within(node(name)),
    nodeText: (name: string) => plain(node(name).textContent),
    card: (name: string) =>
      plain(screen.getByRole('button', { name: new RegExp(`^${name}`) }).title),
    /** Below a node: how it uses the storage. */
    words: (name: string) =>
      plain(node(name).parentElement?.querySelector('.node__io')?.textContent),
    volume: (name: string) =>
      plain(screen.getByText(name, { selector: 'b' }).parentElement?.textContent),
    files: (name: string) =>
      within(screen.getByRole('list', { name: `Files on ${name}` }))
        .getAllByRole('listitem')
        .map(({ textContent }) => plain(textContent)),
    opened: () =>
      [...container.querySelectorAll('.open-vm__note')].map(({ textContent }) =>
        plain(textContent),
      ),
    hatched: () => container.querySelectorAll('[data-map-stage] [data-hatch]').length,
  };
}

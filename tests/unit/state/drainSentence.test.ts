import { describe, expect, it } from 'vitest';
import { at } from '../../../src/base/assert.ts';
import type { Command } from '../../../src/engine/command.ts';
import type { FrameSummary } from '../../../src/protocol/frameSummary.ts';
import type { EventRow, MigrationRow } from '../../../src/protocol/runInfo.ts';
import { presets } from '../../../src/scenario/presets.ts';
import { sentenceMoments } from '../../../src/state/moment.ts';
import { sentence } from '../../../src/state/sentence.ts';
import { eventSentence } from '../../../src/state/told.ts';
import { calmMigration, eventRow, runOf, SECOND, summaryOf } from '../../support/fakeSession.ts';

const preset = at(
  presets.filter(({ id }) => id === 'drain'),
  0,
).scenario;
const [WEB1, WEB2, FILE, ERP, MAIL] = [0, 1, 2, 3, 4];

/** One after the other: web-01 to Node 2, web-02 to Node 3, file-01 to Node 2. */
const moves = [
  moveRow(WEB1, 1, 0, 42),
  moveRow(WEB2, 2, 42, 82),
  moveRow(FILE, 1, 82, 124),
] as const;

function moveRow(vm: number, to: number, fromS: number, toS: number): MigrationRow {
  const times = { startedNs: fromS * SECOND, endedNs: toS * SECOND };
  const pause = { pausedNs: (toS - 1) * SECOND, resumedNs: (toS - 0.78) * SECOND };
  return calmMigration({ id: vm, cause: 'drain', vm, to, requestedNs: 0, ...times, ...pause });
}

interface Given {
  readonly commands?: readonly Command[];
  readonly events?: readonly EventRow[];
  readonly migrations?: readonly MigrationRow[];
  /** Of erp-01: why it stays. */
  readonly blocked?: string | null;
  /** VMs that cannot leave, besides erp-01. */
  readonly blocks?: readonly number[];
  /** VMs on Node 1. */
  readonly onFirst?: readonly number[];
  readonly paused?: boolean;
}

const drain: Command = { do: 'drain-node', node: 'node1', atMs: 0 };
const noRoom =
  'erp-01 needs 20 GB, Node 2 has 8 GB free; erp-01 needs 20 GB, Node 3 has 12 GB free';

function given(seconds: number, vm: number, more: Given = {}) {
  const { commands = [drain], events = [], migrations = moves, paused = true } = more;
  const { blocked = noRoom, blocks = [], onFirst = [ERP] } = more;
  const scenario = { ...preset, commands };
  const rest = summaryOf(scenario);
  const summary: FrameSummary = {
    ...rest,
    timeNs: seconds * SECOND,
    nodes: rest.nodes.map((row, node) => ({ ...row, paused: paused && node === 0 })),
    vms: rest.vms.map((row, index) => ({
      ...row,
      node: onFirst.includes(index) ? 0 : Math.max(1, row.node),
      blocked: index === ERP || blocks.includes(index) ? blocked : null,
    })),
  };
  const stays = commands.flatMap(({ do: what, atMs }) =>
    what === 'drain-node' && blocked !== null
      ? [eventRow('drain-blocked', atMs / 1000, `erp-01 cannot leave Node 1: ${blocked}`, ERP)]
      : [],
  );
  const told = [...stays, ...events].toSorted((a, b) => a.atNs - b.atNs);
  const run = runOf(scenario, { events: told, migrations: [...migrations] });
  return { run, told: sentence(run, summary, scenario, vm) };
}

const textAt = (...args: Parameters<typeof given>): string =>
  given(...args).told.text.replaceAll('\u00a0', ' ');

// Rules DR1 to DR3.
describe('the sentence at the end of a drain', () => {
  const moved = 'web-01 moved to Node 2 in 42.0 s';
  const blocked =
    'erp-01 cannot leave Node 1: erp-01 needs 20 GB, Node 2 has 8 GB free, Node 3 has 12 GB free.';

  it.each([
    ['that left first', WEB1],
    ['that fits nowhere', ERP],
    ['of another node', MAIL],
  ])('says who left, who stays and why, to the VM %s', (_, vm) => {
    expect(textAt(124, vm)).toBe(`${blocked} web-01, web-02 and file-01 have left it.`);
    const { over, short } = given(124, vm).told;
    expect([over, short]).toEqual(['Drain of Node 1', 'erp-01 cannot leave Node 1.']);
  });

  it('is that of the log', () => {
    const { run } = given(124, WEB1);
    expect(eventSentence(at(run.events, 0))).toBe(blocked);
  });

  it('begins for the VM that left last with the end of its own move', () => {
    const text = 'file-01 moved to Node 2 with a blackout of 0.22 s: Node 1 frees 4 GB';
    const events = [eventRow('migration-completed', 124, text, FILE)];
    expect(textAt(124, FILE, { events })).toBe(`${text}. ${blocked}`);
  });

  it('names the others that stay', () => {
    const events = [
      eventRow('drain-blocked', 1, 'web-02 cannot leave Node 1: there is no other node', WEB2),
    ];
    const more = { migrations: moves.slice(0, 1), onFirst: [WEB2, ERP], events, blocks: [WEB2] };
    expect(textAt(124, WEB1, more)).toBe(
      'web-02 cannot leave Node 1: there is no other node. erp-01 stays too. web-01 has left it.',
    );
  });

  it('is not said while a VM is on its way, or waits for its turn', () => {
    const events = [eventRow('migration-completed', 42, moved)];
    expect(textAt(60, WEB1, { onFirst: [WEB2, FILE, ERP], events })).toMatch(/^web-01 moved to/);
  });

  it('is not said while one of the VMs has not been asked to leave yet', () => {
    const events = [eventRow('migration-completed', 42, moved)];
    expect(textAt(124, WEB1, { blocked: null, events })).toMatch(/^web-01 moved to/);
  });

  it('says that the node is empty when all have left', () => {
    const events = [eventRow('drain-completed', 124, 'Node 1 is empty: it can be serviced', -1)];
    expect(textAt(124, WEB1, { onFirst: [], blocked: null, events })).toBe(
      'Node 1 is empty: it can be serviced. web-01, web-02 and file-01 have left it.',
    );
  });

  it('takes no other node for it whose name begins like its own', () => {
    const events = [eventRow('drain-completed', 100, 'Node 10 is empty: it can be serviced', -1)];
    const rest = { onFirst: [], blocked: null };
    expect(textAt(124, WEB1, { ...rest, events })).not.toMatch(/have left it/);
    const own = eventRow('drain-completed', 124, 'No more VM leaves Node 1', -1);
    expect(textAt(124, WEB1, { ...rest, events: [...events, own] })).toMatch(
      /^No more VM leaves Node 1\./,
    );
  });

  it('says only who stays when nobody can leave', () => {
    expect(textAt(0, ERP, { migrations: [] })).toBe(blocked);
  });

  it('waits until the engine has told that the node is empty: its disk may be on the way', () => {
    const events = [eventRow('volume-move-started', 124, 'LUN 1 goes to Node 2', WEB1)];
    expect(textAt(124, WEB1, { onFirst: [], blocked: null, events })).toMatch(/^LUN 1 goes/);
  });

  it('gives way to what happens after it', () => {
    const events = [eventRow('node-crashed', 130, 'Node 3 stops without warning', -1)];
    expect(textAt(131, WEB1, { events })).toMatch(/^Node 3 stops without warning\./);
  });

  it('is over when the node takes VMs again', () => {
    const commands: Command[] = [drain, { do: 'resume-node', node: 'node1', atMs: 130_000 }];
    const events = [eventRow('node-resumed', 130, 'Node 1 takes VMs again', -1)];
    expect(textAt(131, WEB1, { commands, events, paused: false })).toMatch(
      /^Node 1 takes VMs again\./,
    );
  });

  it('counts moves of this drain only', () => {
    const commands: Command[] = [
      drain,
      { do: 'resume-node', node: 'node1', atMs: 130_000 },
      { do: 'drain-node', node: 'node1', atMs: 140_000 },
    ];
    expect(textAt(141, WEB1, { commands })).toBe(blocked);
  });

  it('is a moment at which a clicker stops', () => {
    expect(sentenceMoments(given(0, WEB1).run, WEB1)).toContain(124 * SECOND);
    expect(sentenceMoments(given(0, WEB1).run, WEB1)).not.toContain(82 * SECOND);
  });
});

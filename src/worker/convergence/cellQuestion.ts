/** The scenarios of a question's cells, and what the page has to know of the question before the first of them is run. */
import { at } from '../../base/assert.ts';
import { lastRepeatNs, type TcpKind } from '../../engine/clients/timers.ts';
import { refusalToMigrate } from '../../engine/refusals.ts';
import type { Scenario } from '../../engine/scenario.ts';
import { Simulation } from '../../engine/simulation.ts';
import type { ConnectionLosses, ConvergenceQuestion } from '../../protocol/convergenceMessages.ts';
import { scenarioAt } from '../../scenario/convergenceCell.ts';

/** The first node in number order after the VM's own that can take it at the start, or why none can. */
export type Target = { readonly node: string } | { readonly refusal: string };

export function targetOf({ scenario, vm }: ConvergenceQuestion): Target {
  const { nodes, vms } = scenario;
  const start = new Simulation({ ...scenario, commands: [] }, { keepsVersions: false });
  const home = nodes.findIndex(({ id }) => id === at(vms, vm).node);
  const others = nodes.slice(1).map((_, i) => (home + 1 + i) % nodes.length);
  const refusals = others.map((node) => refusalToMigrate(start, vm, node, 'live'));
  const place = refusals.indexOf(null);
  if (place >= 0) return { node: at(nodes, at(others, place)).id };
  const reasons = refusals.filter((reason) => reason !== null);
  return {
    refusal: reasons.length === 0 ? 'There is no other node' : [...new Set(reasons)].join('; '),
  };
}

/** The scenario of a cell with all its pages, its command included. */
export function cellScenario(question: ConvergenceQuestion, cell: number, to: string): Scenario {
  const { scenario, vm, columns, rows } = question;
  const point = {
    pagesPerSecond: at(columns, cell % columns.length),
    migrationMBps: at(rows, Math.floor(cell / columns.length)),
  };
  const command = { atMs: 0, do: 'live-migrate', vm: at(scenario.vms, vm).id, to } as const;
  return { ...scenarioAt(scenario, vm, point), commands: [command] };
}

/** Of the VM's TCP clients those whose last repeat goes out first; without any, Windows clients. Rule CM5. */
export function lossesOf({ scenario, vm }: ConvergenceQuestion): ConnectionLosses {
  const kinds = at(scenario.vms, vm).clients.map(({ kind }) => kind);
  const own = kinds.filter((kind): kind is TcpKind => kind !== 'ping');
  const [kind = 'windows-lan'] = own.toSorted((a, b) => lastRepeatNs(a) - lastRepeatNs(b));
  return { kind, lastRepeatNs: lastRepeatNs(kind), isCounted: own.length > 0 };
}

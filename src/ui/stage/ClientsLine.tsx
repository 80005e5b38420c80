/** The clients of the selected VM above the LAN: up to four groups with their last requests. */
import { at } from '../../base/assert.ts';
import { clientCount } from '../../state/sentence.ts';
import { ClientStrip } from '../shared/charts/ClientStrip.tsx';
import { ClientIcon } from '../shared/icons.tsx';
import { useLab, useRun, useView } from '../shared/lab.tsx';

/** As many as a frame has strips. */
const STRIP_GROUPS = 4;

const kindNames = { 'windows-lan': 'Windows', 'linux-lan': 'Linux', ping: 'ping' } as const;

/** @param summed All groups as one line: for narrow screens. */
export function ClientsLine({ summed = false }: { readonly summed?: boolean }) {
  const { frames } = useLab();
  const vm = useView((view) => view.selectedVm);
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const groups = spec.clients.slice(0, STRIP_GROUPS);
  if (groups.length <= 1 || summed) return <OneGroup vm={vm} />;
  return (
    <ul className="clients" aria-label={`Clients of ${spec.name}`}>
      {groups.map(({ kind, count }, row) => {
        const label = `Clients ${'ABCD'[row]}`;
        return (
          <li key={label} className="clients__group" title={`${count} ${kindNames[kind]}`}>
            <ClientIcon />
            <b>{label}</b>
            <ClientStrip frames={frames} row={row} label={label} height={14} readout />
          </li>
        );
      })}
    </ul>
  );
}

function OneGroup({ vm }: { readonly vm: number }) {
  const { frames } = useLab();
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const count = useRun((state) => clientCount(state.scenario, vm));
  const answered = useRun((state) => state.summary?.vms[vm]?.running !== false);
  if (count === 0) {
    return (
      <p className="clients">
        <span className="clients__none">No clients use {spec.name}.</span>
      </p>
    );
  }
  const clients = `${count} ${count === 1 ? 'client' : 'clients'}`;
  const text = `${clients}, ${answered ? (count === 1 ? 'answered' : 'all answered') : 'no answer'}`;
  return (
    <div className="clients clients--one">
      <ClientIcon />
      <b>{text}</b>
      <ClientStrip frames={frames} row={0} label={`Clients of ${spec.name}`} height={14} readout />
    </div>
  );
}

/** What was lost so far: memory that was never on disk, crash by crash, and the connections of the selected VM's clients. */
import { memoryText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import type { ClientRow } from '../../protocol/frameSummary.ts';
import type { EventRow } from '../../protocol/runInfo.ts';
import { vmName } from '../../state/names.ts';
import type { RunState } from '../../state/runStore.ts';
import { timeNsOf } from '../../state/selectors.ts';
import { lengthText } from '../../state/words.ts';
import { useRun, useRunActions } from '../shared/lab.tsx';
import { Unbroken } from '../shared/Unbroken.tsx';
import { ClientNumbers } from './ClientNumbers.tsx';
import { logTime } from './logTime.ts';

export function Losses({ vm }: { readonly vm: number }) {
  const { seek } = useRunActions();
  const losses = useRun(lossesSoFar);
  const total = useRun(totalText);
  const name = useRun((state) => vmName(state.scenario, vm));
  const clients = useRun(clientsToTell);
  return (
    <section className="panel losses" aria-labelledby="losses-title">
      <div className="panel__head">
        <h3 id="losses-title">Lost</h3>
        <ClientNumbers vm={vm} />
      </div>
      {losses.length === 0 ? (
        <p className="inspector__hint">
          {clients.length === 0 ? 'No memory and no connection.' : 'No memory.'}
        </p>
      ) : (
        <>
          <p className="inspector__hint">{total}</p>
          <ol className="losses__list">
            {losses.map(({ atNs, text }) => (
              <li key={`${atNs} ${text}`}>
                <button type="button" className="log__line" onClick={() => seek(atNs)}>
                  <span className="log__time">{logTime(atNs)}&nbsp;s</span>
                  <span>
                    <Unbroken text={text} />
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
      {clients.length > 0 && (
        <ul className="losses__clients" aria-label={`Clients of ${name}`}>
          {clients.map((row, place) => (
            <li key={place}>
              <Unbroken text={clientText(row)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Every group, as soon as one of them has missed an answer. */
function clientsToTell({ summary }: RunState): readonly ClientRow[] {
  const clients = summary?.clients ?? [];
  const isQuiet = clients.every(
    ({ count, kept, longestSilenceNs }) => kept === count && longestSilenceNs < NS_PER_S,
  );
  return isQuiet ? [] : clients;
}

interface Loss {
  readonly atNs: number;
  readonly text: string;
}

/** One for each VM that a failure stopped: why it stopped, and how much of its memory is gone. */
function lossesSoFar(state: RunState): Loss[] {
  const timeNs = timeNsOf(state);
  const events = (state.run?.events ?? []).filter(({ atNs }) => atNs <= timeNs);
  return events
    .filter(({ kind }) => kind === 'memory-lost')
    .map((lost) => ({ atNs: lost.atNs, text: `${lost.text}${whyText(events, lost)}` }));
}

/** ": Node 1 is down". */
function whyText(events: readonly EventRow[], { vm, atNs }: EventRow): string {
  const crash = events.findLast(
    (row) => row.kind === 'vm-crashed' && row.vm === vm && row.atNs === atNs,
  );
  const colon = crash?.text.indexOf(': ') ?? -1;
  return crash === undefined || colon < 0 ? '' : crash.text.slice(colon);
}

function totalText({ summary }: RunState): string {
  const lost = (summary?.vms ?? []).filter(({ lostMiB }) => lostMiB > 0);
  const memory = memoryText(lost.reduce((sum, { lostMiB }) => sum + lostMiB, 0));
  return `${memory} of memory in ${lost.length} ${lost.length === 1 ? 'VM' : 'VMs'}.`;
}

const clientNames: Readonly<Record<ClientRow['kind'], readonly [one: string, many: string]>> = {
  'windows-lan': ['Windows', 'Windows'],
  'linux-lan': ['Linux', 'Linux'],
  ping: ['ping', 'pings'],
};

/** "12 Windows: 12 lost, 3 reconnected, waited 21.0 s": connections, and the longest time without an answer. */
function clientText({ kind, count, kept, now, longestSilenceNs }: ClientRow): string {
  const [one, many] = clientNames[kind];
  const lost = count - kept;
  const parts = [
    // A ping has no connection that could be lost.
    kind === 'ping' ? `${now.answered} answered` : lost === 0 ? 'none lost' : `${lost} lost`,
    ...(now.reconnected === 0 ? [] : [`${now.reconnected} reconnected`]),
    ...(longestSilenceNs < NS_PER_S ? [] : [`waited ${lengthText(0, longestSilenceNs)}`]),
  ];
  return `${count} ${count === 1 ? one : many}: ${parts.join(', ')}`;
}

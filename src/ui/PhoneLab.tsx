/** The Lab on a phone: the sentence, one of four tabs, the transport at the bottom. */
import type { ReactNode } from 'react';
import { secondsFigure } from '../base/numberText.ts';
import { at } from '../base/assert.ts';
import { NS_PER_S } from '../base/units.ts';
import { momentOf } from '../state/moment.ts';
import { hasCommands, timeNsOf } from '../state/selectors.ts';
import type { RunState } from '../state/runStore.ts';
import type { PhoneTab } from '../state/viewStore.ts';
import { elapsedSeconds, Headline, Readout } from './headline/Headline.tsx';
import { Lens, VmActions } from './inspector/Inspector.tsx';
import { Log } from './inspector/Log.tsx';
import { StopRules } from './inspector/StopRules.tsx';
import { Workload } from './inspector/Workload.tsx';
import { RoundsPanel, ScaleChoices, TimelinePanel } from './progress/Progress.tsx';
import { FirstAction } from './shared/FirstAction.tsx';
import { MapModeChoice } from './shared/MapModeChoice.tsx';
import { useRun, useView, useViewActions } from './shared/lab.tsx';
import { ClientsLine } from './stage/ClientsLine.tsx';
import { PhoneMemory } from './stage/PhoneMemory.tsx';
import { Stage } from './stage/Stage.tsx';
import { SpeedSlider } from './transport/SpeedSlider.tsx';
import { SwitchoverButton, Transport } from './transport/Transport.tsx';

const tabs: readonly { readonly tab: PhoneTab; readonly text: string }[] = [
  { tab: 'cluster', text: 'Cluster' },
  { tab: 'memory', text: 'Memory' },
  { tab: 'rounds', text: 'Rounds' },
  { tab: 'settings', text: 'Settings' },
];

const panels: Readonly<Record<PhoneTab, () => ReactNode>> = {
  cluster: ClusterTab,
  memory: MemoryTab,
  rounds: RoundsTab,
  settings: SettingsTab,
};

export function PhoneLab({ onStart }: { readonly onStart: () => void }) {
  const tab = useView((view) => view.phoneTab);
  const begun = useRun(hasCommands);
  const Panel = panels[tab];
  return (
    <div className="phone">
      <main className="phone__main">
        <Headline short />
        <Panel />
      </main>
      <footer className="phone__foot">
        {begun && <TimelinePanel compact />}
        <Transport compact firstAction={<FirstAction onStart={onStart} />} />
        <PhoneTabs />
      </footer>
    </div>
  );
}

function PhoneTabs() {
  const chosen = useView((view) => view.phoneTab);
  const { setPhoneTab } = useViewActions();
  return (
    <nav className="phone__tabs" aria-label="Parts of the Lab">
      {tabs.map(({ tab, text }) => (
        <button
          key={tab}
          type="button"
          aria-current={tab === chosen ? 'true' : undefined}
          onClick={() => setPhoneTab(tab)}
        >
          {text}
        </button>
      ))}
    </nav>
  );
}

function ClusterTab() {
  const vm = useView((view) => view.selectedVm);
  return (
    <>
      <VmActions vm={vm} />
      <Stage listOnly />
    </>
  );
}

function MemoryTab() {
  return (
    <>
      <ClientsLine summed />
      <PhoneMemory />
      <PhoneReadouts />
    </>
  );
}

function PhoneReadouts() {
  const vm = useView((view) => view.selectedVm);
  const elapsed = useRun((state) => elapsedSeconds(state, vm));
  const name = useRun((state) => roundName(state, vm));
  const share = useRun((state) => roundShare(state));
  const outage = useRun((state) => (state.summary?.vms[vm]?.outageNs ?? 0) / NS_PER_S);
  return (
    <dl className="readouts">
      <Readout name="Elapsed" figure={secondsFigure(elapsed)} unit="s" />
      <Readout name={name} figure={share} />
      <Readout name="Outage" figure={secondsFigure(outage)} unit="s" />
    </dl>
  );
}

function roundName(state: RunState, vm: number): string {
  const moment = momentOf(state.run, vm, timeNsOf(state));
  if (moment === null) return 'Round';
  if (moment.ended) return 'Rounds';
  if (moment.phase?.name === 'round') return `Round ${moment.phase.number}`;
  return state.summary?.vms[vm]?.running === false ? 'Blackout' : 'Round';
}

function roundShare({ summary, run }: RunState): string {
  const shown = summary?.migration;
  if (shown === null || shown === undefined) {
    const last = run?.migrations.at(-1);
    const ended = last !== undefined && (last.endedNs ?? Infinity) <= (summary?.timeNs ?? 0);
    return ended ? String(last.phases.filter(({ name }) => name === 'round').length) : '–';
  }
  return shown.pagesToSend === 0
    ? '–'
    : `${Math.floor((100 * shown.pagesSent) / shown.pagesToSend)}%`;
}

function RoundsTab() {
  return (
    <>
      <RoundsPanel />
      <div className="phone__row">
        <ScaleChoices />
      </div>
      <SwitchoverButton />
      <SpeedSlider />
      <Log />
    </>
  );
}

function SettingsTab() {
  const vm = useView((view) => view.selectedVm);
  const name = useRun((state) => at(state.scenario.vms, vm).name);
  return (
    <section>
      <h2 className="visually-hidden">Settings of {name}</h2>
      <Workload key={`workload ${vm}`} vm={vm} />
      <StopRules key={`stop ${vm}`} vm={vm} />
      <Lens vm={vm} />
      <section className="panel" aria-labelledby="maps-title">
        <h3 id="maps-title">The maps show</h3>
        <MapModeChoice />
      </section>
    </section>
  );
}

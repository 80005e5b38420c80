/** The Lab on a phone: the sentence, one of four tabs, the transport at the bottom. */
import { vmName } from '../state/names.ts';
import type { ReactNode } from 'react';
import { hasCommands } from '../state/selectors.ts';
import type { PhoneTab } from '../state/viewStore.ts';
import { Headline, ShortReadouts } from './headline/Headline.tsx';
import { BranchList } from './inspector/BranchList.tsx';
import { ClusterPanel } from './inspector/ClusterPanel.tsx';
import { Lens } from './inspector/Lens.tsx';
import { Log } from './inspector/Log.tsx';
import { Losses } from './inspector/Losses.tsx';
import { StopRules } from './inspector/StopRules.tsx';
import { VmActions } from './inspector/VmActions.tsx';
import { Workload } from './inspector/Workload.tsx';
import { RoundsPanel, ScaleChoices, TimelinePanel } from './progress/Progress.tsx';
import { FirstAction } from './shared/FirstAction.tsx';
import { MapModeChoice } from './shared/MapModeChoice.tsx';
import { useRun, useView, useViewActions } from './shared/lab.tsx';
import { Panel, useHidden } from './shared/Panel.tsx';
import { ShowAllPanels } from './shared/ShowAllPanels.tsx';
import { ClientsLine } from './stage/ClientsLine.tsx';
import { PhoneMemory } from './stage/PhoneMemory.tsx';
import { Stage } from './stage/Stage.tsx';
import { SpeedSlider } from './transport/SpeedSlider.tsx';
import { HistoryButtons, SwitchoverButton, Transport } from './transport/Transport.tsx';

const tabs: readonly { readonly tab: PhoneTab; readonly text: string }[] = [
  { tab: 'cluster', text: 'Cluster' },
  { tab: 'memory', text: 'Memory' },
  { tab: 'rounds', text: 'Rounds' },
  { tab: 'settings', text: 'Settings' },
];

const tabPanels: Readonly<Record<PhoneTab, () => ReactNode>> = {
  cluster: ClusterTab,
  memory: MemoryTab,
  rounds: RoundsTab,
  settings: SettingsTab,
};

/** Height of the chart. */
const ROUNDS_CSS = 144;

export function PhoneLab({ onStart }: { readonly onStart: () => void }) {
  const tab = usePhoneTab();
  const begun = useRun(hasCommands);
  const Tab = tabPanels[tab];
  return (
    <div className="phone">
      <main className="phone__main">
        <Headline short />
        <Tab />
        <ShowAllPanels />
      </main>
      <footer className="phone__foot">
        {begun && (
          <Panel name="timeline">
            <TimelinePanel compact />
          </Panel>
        )}
        <Transport compact firstAction={<FirstAction onStart={onStart} />} />
        <PhoneTabs />
      </footer>
    </div>
  );
}

/** The settings are part of the inspector. */
function usePhoneTab(): PhoneTab {
  const chosen = useView((view) => view.phoneTab);
  return useHidden('inspector') && chosen === 'settings' ? 'memory' : chosen;
}

function PhoneTabs() {
  const chosen = usePhoneTab();
  const noSettings = useHidden('inspector');
  const { setPhoneTab } = useViewActions();
  return (
    <nav className="phone__tabs" aria-label="Parts of the Lab">
      {tabs
        .filter(({ tab }) => !noSettings || tab !== 'settings')
        .map(({ tab, text }) => (
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
      <Panel name="inspector">
        <VmActions vm={vm} />
      </Panel>
      <Stage listOnly />
      <Panel name="inspector">
        <ClusterPanel vm={vm} />
        <Losses vm={vm} />
      </Panel>
    </>
  );
}

function MemoryTab() {
  const vm = useView((view) => view.selectedVm);
  return (
    <>
      <Panel name="clients">
        <ClientsLine summed />
      </Panel>
      <PhoneMemory />
      <Panel name="readouts">
        <ShortReadouts />
      </Panel>
      <Panel name="inspector">
        <Lens vm={vm} />
      </Panel>
    </>
  );
}

function RoundsTab() {
  const vm = useView((view) => view.selectedVm);
  const name = useRun((state) => vmName(state.scenario, vm));
  return (
    <>
      <h2 className="visually-hidden">Rounds of {name}</h2>
      <Panel name="rounds">
        <RoundsPanel height={ROUNDS_CSS} />
      </Panel>
      <div className="phone__row">
        <ScaleChoices />
      </div>
      <div className="phone__row">
        <HistoryButtons />
        <SwitchoverButton />
      </div>
      <SpeedSlider />
      <BranchList vm={vm} />
      <Panel name="log">
        <Log />
      </Panel>
    </>
  );
}

function SettingsTab() {
  const vm = useView((view) => view.selectedVm);
  const name = useRun((state) => vmName(state.scenario, vm));
  return (
    <section>
      <h2 className="visually-hidden">Settings of {name}</h2>
      <Workload key={`workload ${vm}`} vm={vm} />
      <StopRules key={`stop ${vm}`} vm={vm} />
      <section className="panel" aria-labelledby="maps-title">
        <h3 id="maps-title">The maps show</h3>
        <MapModeChoice />
      </section>
    </section>
  );
}

/** What holds for the whole cluster: networks, storage, failover, and the run. */
import { isolated } from '../../base/isolated.ts';
import type { ReactNode } from 'react';
import { memoryText, transferRateText, secondsText } from '../../base/numberText.ts';
import type { QuorumMode, Scenario } from '../../engine/scenario.ts';
import { MBPS_PER_GBIT } from '../../state/edits.ts';
import {
  quickSeconds,
  quorumNames,
  setFailback,
  setQuickPath,
  setQuorum,
  setSetting,
  settingOf,
  settings,
  setTitle,
  storagePaths,
  type SettingKey,
} from '../../state/settingsEdits.ts';
import { useDraft } from './draft.ts';
import { NameField, NumberField, SelectField, SwitchField } from './fields.tsx';

export function SettingsPanel() {
  const { scenario, typed } = useDraft();
  return (
    <>
      <Part title="Networks">
        <SettingField name="migrationMBps" note={gbitText(typed.network.migrationMBps)} />
        <SettingField name="clusterMBps" note={gbitText(typed.network.clusterMBps)} />
      </Part>
      <StoragePart />
      <FailoverPart />
      <Part title="The run">
        <NameField
          label="Title"
          value={scenario.title}
          edit={(title) => (draft) => setTitle(draft, title)}
        />
        <SettingField name="seed" />
        <SettingField name="untilMs" />
      </Part>
    </>
  );
}

function StoragePart() {
  const { scenario, typed } = useDraft();
  const { network, quickMigration } = scenario;
  return (
    <Part title="Storage and quick migration" note={quickText(typed)}>
      <SettingField name="storageMBps" />
      <SettingField name="diskMoveMs" />
      <SelectField
        label="Quick migration takes"
        value={quickMigration.secondsPerGiB === null ? String(network.storageMBps) : FIXED}
        options={quickOptions(scenario)}
        edit={(path) => (draft) => setQuickPath(draft, path === FIXED ? null : Number(path))}
      />
      {quickMigration.secondsPerGiB !== null && <SettingField name="secondsPerGiB" />}
    </Part>
  );
}

function FailoverPart() {
  const { scenario, typed } = useDraft();
  const { quorum: mode, failback: goBack } = scenario.failover;
  return (
    <Part title="Failover" note={noticeText(typed)}>
      <SettingField name="heartbeatMs" />
      <SettingField name="missedHeartbeats" />
      <SettingField name="regroupMs" />
      <SettingField name="diskTakeoverMs" />
      <SettingField name="bootMs" />
      <SelectField
        label="Who votes"
        value={mode}
        options={quorumModes}
        edit={(quorum) => (draft) => setQuorum(draft, quorum)}
      />
      <SwitchField
        label="VMs go back to their first node when it is up again (failback)"
        checked={goBack}
        edit={(failback) => (draft) => setFailback(draft, failback)}
      />
    </Part>
  );
}

interface PartProps {
  readonly title: string;
  /** What follows from the values. */
  readonly note?: string;
  readonly children: ReactNode;
}

function Part({ title, note, children }: PartProps) {
  return (
    <section className="settings-part" aria-label={title}>
      <h3>{title}</h3>
      <div className="settings-part__fields">{children}</div>
      {note !== undefined && <p className="settings-part__note">{note}</p>}
    </section>
  );
}

interface SettingFieldProps {
  readonly name: SettingKey;
  readonly note?: string;
}

function SettingField({ name, ...rest }: SettingFieldProps) {
  const { scenario } = useDraft();
  const { label, unit, per } = settings[name];
  return (
    <NumberField
      {...rest}
      label={label}
      unit={unit}
      per={per}
      value={settingOf(scenario, name)}
      edit={(value) => (draft) => setSetting(draft, name, value)}
    />
  );
}

const FIXED = 'fixed';

/** Known paths, and the rate that is set when it is none of them. */
function quickOptions({ network: { storageMBps } }: Scenario) {
  const known = storagePaths.map(({ name, MBps }) => {
    return { value: String(MBps), text: `As long as ${name} takes, ${transferRateText(MBps)}` };
  });
  const own = {
    value: String(storageMBps),
    text: `As long as the path takes, ${transferRateText(storageMBps)}`,
  };
  const isKnown = storagePaths.some(({ MBps }) => MBps === storageMBps);
  return [{ value: FIXED, text: 'A fixed time for each GB' }, ...known, ...(isKnown ? [] : [own])];
}

const quorumModes = (Object.keys(quorumNames) as QuorumMode[]).map((value) => {
  return { value, text: quorumNames[value] };
});

function gbitText(MBps: number): string {
  return `${Math.round((MBps / MBPS_PER_GBIT) * 100) / 100}\u00a0Gbit/s`;
}

function quickText(scenario: Scenario): string {
  const [vm] = scenario.vms;
  if (vm === undefined) return '';
  const seconds = secondsText(quickSeconds(scenario, vm));
  return `A quick migration of ${isolated(vm.name)} (${memoryText(vm.memoryMiB)}) alone takes about ${seconds}.`;
}

function noticeText({ failover }: Scenario): string {
  const { heartbeatMs, missedHeartbeats, regroupMs } = failover;
  const noticed = (heartbeatMs * missedHeartbeats) / 1000;
  return `The others notice a crash after ${secondsText(noticed)} and have agreed after ${secondsText(noticed + regroupMs / 1000)}.`;
}

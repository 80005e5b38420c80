/** Edits of what concerns the cluster as a whole: networks, storage, failover, and the run itself. */
import { withThousands } from '../base/numberText.ts';
import type { QuorumMode, Scenario, VmSpec } from '../engine/scenario.ts';
import { LONGEST_TITLE, ranges } from '../scenario/limits.ts';
import { isBlank, plainName } from '../scenario/names.ts';
import {
  done,
  entryOf,
  isClusterDisk,
  numberFault,
  refused,
  unlessFault,
  type EditResult,
} from './clusterEdits.ts';

interface Setting {
  /** The part of the scenario that holds it; null: the scenario itself. */
  readonly part: 'network' | 'quickMigration' | 'liveMigration' | 'failover' | null;
  readonly label: string;
  readonly unit: string;
  /** How many of the scenario's own units one shown unit is: 1000 for milliseconds shown as seconds. */
  readonly per: number;
  readonly whole?: true;
}

/** Every number that is set for the whole cluster, by its name in the file format. */
export const settings = {
  migrationMBps: { part: 'network', label: 'Migration network', unit: 'MB/s', per: 1 },
  clusterMBps: { part: 'network', label: 'Cluster network', unit: 'MB/s', per: 1 },
  storageMBps: { part: 'network', label: 'Path to the storage', unit: 'MB/s', per: 1 },
  diskMoveMs: {
    part: 'liveMigration',
    label: 'Disk changes owner in',
    unit: 's',
    per: 1000,
  },
  secondsPerGiB: {
    part: 'quickMigration',
    label: 'It takes',
    unit: 's per GB',
    per: 1,
  },
  heartbeatMs: { part: 'failover', label: 'Heartbeat every', unit: 's', per: 1000 },
  missedHeartbeats: {
    part: 'failover',
    label: 'Missed until down',
    unit: '',
    per: 1,
    whole: true,
  },
  regroupMs: { part: 'failover', label: 'The others agree in', unit: 's', per: 1000 },
  diskTakeoverMs: { part: 'failover', label: 'A disk is taken over in', unit: 's', per: 1000 },
  bootMs: { part: 'failover', label: 'A VM starts from its disk in', unit: 's', per: 1000 },
  seed: { part: null, label: 'Seed of everything random', unit: '', per: 1, whole: true },
  untilMs: { part: null, label: 'The run ends at', unit: 's', per: 1000 },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingKey = keyof typeof settings;

/** null: what decides it is another setting. */
export function settingOf(scenario: Scenario, key: SettingKey): number | null {
  const { part } = settings[key];
  const values = part === null ? scenario : scenario[part];
  const value = (values as unknown as Readonly<Record<SettingKey, number | null>>)[key];
  return value;
}

export function setSetting(scenario: Scenario, key: SettingKey, value: number): EditResult {
  const setting: Setting = settings[key];
  const { part, unit, per, whole = false } = setting;
  const text = (own: number): string => `${figureText(own / per)}${unit && `\u00a0${unit}`}`;
  return unlessFault(numberFault(value, { ...ranges[key], whole, text }), () =>
    done(
      part === null
        ? { ...scenario, [key]: value }
        : { ...scenario, [part]: { ...scenario[part], [key]: value } },
    ),
  );
}

/** With three decimals at most where they count. */
function figureText(value: number): string {
  return value < 1000 ? String(Math.round(value * 1000) / 1000) : withThousands(value);
}

/** Rates of storage paths each way, in MB/s. Source: facts B2. */
export const storagePaths = [
  { name: '1 GbE iSCSI', MBps: 112 },
  { name: '2 Gb Fibre Channel', MBps: 200 },
  { name: '4 Gb Fibre Channel', MBps: 400 },
] as const;

/** Save, move and restore in seconds per GiB. Source: facts B2, the figure of the article. */
const SECONDS_PER_GIB = 8;

/** @param MBps  Rate of the path to the storage that decides how long it takes; null: a fixed time for each GiB. */
export function setQuickPath(scenario: Scenario, MBps: number | null): EditResult {
  const { network, quickMigration } = scenario;
  const fixed = quickMigration.secondsPerGiB ?? SECONDS_PER_GIB;
  return done({
    ...scenario,
    network: { ...network, storageMBps: MBps ?? network.storageMBps },
    quickMigration: { secondsPerGiB: MBps === null ? fixed : null },
  });
}

/** Bytes of a MiB over bytes of a MB. */
const MB_PER_MIB = 1.048576;

/** Seconds from the save to the restore of one VM alone. Source: facts B2, T_save + T_move + T_restore. */
export function quickSeconds(scenario: Scenario, vm: VmSpec): number {
  const { network, quickMigration, liveMigration } = scenario;
  const { secondsPerGiB } = quickMigration;
  if (secondsPerGiB !== null) return (secondsPerGiB * vm.memoryMiB) / 1024;
  const copySeconds = (vm.memoryMiB * MB_PER_MIB) / network.storageMBps;
  const moves = isClusterDisk(entryOf(scenario.volumes, vm.volume));
  return 2 * copySeconds + (moves ? liveMigration.diskMoveMs / 1000 : 0);
}

export const quorumNames: Readonly<Record<QuorumMode, string>> = {
  automatic: 'Automatic: a disk witness for an even number of nodes',
  'node-majority': 'Node majority',
  'node-and-disk-majority': 'Node and disk majority',
};

export function setQuorum(scenario: Scenario, quorum: QuorumMode): EditResult {
  return done({ ...scenario, failover: { ...scenario.failover, quorum } });
}

export function setFailback(scenario: Scenario, failback: boolean): EditResult {
  return done({ ...scenario, failover: { ...scenario.failover, failback } });
}

export function setTitle(scenario: Scenario, typed: string): EditResult {
  const title = plainName(typed);
  if (isBlank(title)) return refused('A title has at least one character that can be seen.');
  return title.length <= LONGEST_TITLE
    ? done({ ...scenario, title })
    : refused(`A title has at most ${LONGEST_TITLE} characters.`);
}

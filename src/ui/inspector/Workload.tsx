/** What the guest writes and how fast the network is. */
import { at } from '../../base/assert.ts';
import { memoryText, withThousands } from '../../base/numberText.ts';
import type { WriterSpec } from '../../engine/settings.ts';
import {
  asOneWriter,
  inspectorRanges,
  kindOf,
  MBPS_PER_GBIT,
  memoryRange,
  totalRate,
  totalWorkingSet,
  withTotalRate,
  withTotalWorkingSet,
  writerNames,
  type WriterKind,
} from '../../state/edits.ts';
import { hasCommands, settingsOf, writersOf } from '../../state/selectors.ts';
import { useRun } from '../shared/lab.tsx';
import { SelectRow } from './SelectRow.tsx';
import { useEdit } from './useEdit.ts';
import { ValueSlider } from './ValueSlider.tsx';

const memoryUnits = { mb: 1, mib: 1, gb: 1024, gib: 1024, tb: 1_048_576 };
const rateUnits = { 'pages/s': 1, pages: 1, k: 1000 };
const networkUnits = { 'gbit/s': 1, gbit: 1, 'mbit/s': 0.001, 'mb/s': 1 / MBPS_PER_GBIT };

function rateText(pagesPerSecond: number): string {
  return `${withThousands(pagesPerSecond)}\u00a0pages/s`;
}

function networkText(gbit: number): string {
  const rounded = gbit < 10 ? Math.round(gbit * 100) / 100 : Math.round(gbit * 10) / 10;
  return `${rounded}\u00a0Gbit/s`;
}

export function Workload({ vm }: { readonly vm: number }) {
  const edit = useEdit(vm);
  const memoryMiB = useRun((state) => at(state.scenario.vms, vm).memoryMiB);
  const scenario = useRun((state) => state.scenario);
  const begun = useRun(hasCommands);
  const mbps = useRun((state) => settingsOf(state).migrationMBps);
  return (
    <section className="panel" aria-labelledby="workload-title">
      <h3 id="workload-title">Workload and network</h3>
      <ValueSlider
        label="Memory"
        value={memoryMiB}
        scale={{ ...memoryRange(scenario, vm), log: true }}
        format={memoryText}
        units={memoryUnits}
        round={Math.round}
        fixed={begun ? 'Fixed once the run has begun.' : null}
        onChange={edit.memory}
      />
      <Writers vm={vm} memoryMiB={memoryMiB} onChange={edit.writers} />
      <ValueSlider
        label="Migration network"
        value={mbps / MBPS_PER_GBIT}
        scale={{ ...inspectorRanges.gbitPerSecond, log: true }}
        format={networkText}
        units={networkUnits}
        round={hundredths}
        onChange={(gbit) => edit.settings({ migrationMBps: hundredths(gbit * MBPS_PER_GBIT) })}
      />
    </section>
  );
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

interface WritersProps {
  readonly vm: number;
  readonly memoryMiB: number;
  readonly onChange: (writers: readonly WriterSpec[]) => void;
}

/** All writers of the VM together: one rate, one working set. */
function Writers({ vm, memoryMiB, onChange }: WritersProps) {
  const writers = useRun((state) => writersOf(state, vm));
  const kind = kindOf(writers);
  const setKind = (chosen: WriterKind): void => {
    if (chosen === 'none') onChange([]);
    else if (chosen !== 'several') onChange(asOneWriter(writers, chosen, memoryMiB));
  };
  const { several, ...kinds } = writerNames;
  const names = kind === 'several' ? { several, ...kinds } : kinds;
  return (
    <>
      {writers.length > 0 && (
        <>
          <ValueSlider
            label="Dirty rate"
            value={totalRate(writers)}
            scale={{ ...inspectorRanges.pagesPerSecond, log: true }}
            format={rateText}
            units={rateUnits}
            round={Math.round}
            onChange={(rate) => onChange(withTotalRate(writers, rate))}
          />
          <ValueSlider
            label="Working set"
            value={totalWorkingSet(writers)}
            scale={{ min: writers.length, max: memoryMiB, log: true }}
            format={memoryText}
            units={memoryUnits}
            round={Math.round}
            onChange={(sizeMiB) => onChange(withTotalWorkingSet(writers, sizeMiB, memoryMiB))}
          />
        </>
      )}
      <SelectRow<WriterKind> label="It writes" value={kind} names={names} onChoose={setKind} />
    </>
  );
}

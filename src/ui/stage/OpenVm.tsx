/** The moving VM, opened inside its nodes: the source holds the source map, the target the target map. */
import { nodeName, vmName, volumeName, volumeOfVm } from '../../state/names.ts';
import type { MoveMethod } from '../../state/selectors.ts';
import { MapLegend } from '../shared/charts/MapLegend.tsx';
import { MemoryMap } from '../shared/charts/MemoryMap.tsx';
import { MapModeChoice } from '../shared/MapModeChoice.tsx';
import { useLab, useRun, useView, useViewActions } from '../shared/lab.tsx';
import { media, useCellSize, useMedia } from '../shared/useMedia.ts';
import type { VmCondition } from './vmCondition.ts';
import { VmGlyph } from './VmCard.tsx';

export interface OpenVmProps {
  readonly vm: number;
  readonly side: 'source' | 'target';
  readonly node: number;
  readonly method: MoveMethod;
  readonly condition: VmCondition | 'shell';
  /** What stands after the name: "4 GB, running here". */
  readonly note: string;
}

/** The VM is here, and stands still while its pages are here. */
const hatched: ReadonlySet<OpenVmProps['condition']> = new Set(['paused', 'saving', 'restoring']);

export function OpenVm({ vm, side, node, method, condition, note }: OpenVmProps) {
  const { frames } = useLab();
  const name = useRun((state) => vmName(state.scenario, vm));
  const nodeTitle = useRun((state) => nodeName(state.scenario, node));
  const volume = useRun(({ scenario }) => volumeName(scenario, volumeOfVm(scenario, vm)));
  const mapMode = useView((view) => view.mapMode);
  // What a page holds does not change on the way through a file: only where it is.
  const mode = method === 'quick' ? 'quick' : mapMode;
  const lensCell = useView((view) => view.lensCell);
  const lensHeld = useView((view) => view.lensHeld);
  const { setLensCell } = useViewActions();
  const cell = useCellSize();
  const narrow = useMedia(media.narrow);
  return (
    <div
      className={`open-vm open-vm--${condition}`}
      data-picture={`Memory of ${name} on ${nodeTitle}`}
    >
      <header className="open-vm__head">
        <VmGlyph condition={condition} />
        <h3 className="open-vm__name" title={name}>
          {name}
        </h3>
        <p className="open-vm__note" title={note}>
          {note}
        </p>
        {side === 'source' && method === 'live' && !narrow && <MapModeChoice />}
      </header>
      <MemoryMap
        frames={frames}
        side={side}
        mode={mode}
        lensCell={lensCell}
        lensHeld={lensHeld}
        onLensCell={setLensCell}
        label={`Memory of ${name} on ${nodeTitle}`}
        axis={side === 'source' && !narrow}
        maxCellCss={cell}
        paused={hatched.has(condition)}
      />
      <MapLegend frames={frames} side={side} mode={mode} volume={volume} />
    </div>
  );
}

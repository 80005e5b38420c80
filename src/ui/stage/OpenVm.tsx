/** The moving VM, opened inside its nodes: the source holds the source map, the target the target map. */
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { MapLegend } from '../shared/charts/MapLegend.tsx';
import { MemoryMap } from '../shared/charts/MemoryMap.tsx';
import { MapModeChoice } from '../shared/MapModeChoice.tsx';
import { useLab, useRun, useView, useViewActions } from '../shared/lab.tsx';
import { media, useCellSize, useMedia } from '../shared/useMedia.ts';
import type { VmCondition } from './placement.ts';
import { useVmDrag } from './useVmDrag.ts';
import { unmovable, VmGlyph } from './VmCard.tsx';

export interface OpenVmProps {
  readonly vm: number;
  readonly side: 'source' | 'target';
  readonly node: number;
  readonly condition: VmCondition | 'shell';
  /** What stands after the name: "4 GB, running here". */
  readonly note: string;
}

export function OpenVm({ vm, side, node, condition, note }: OpenVmProps) {
  const { frames } = useLab();
  const name = useRun((state) => at(state.scenario.vms, vm).name);
  const nodeName = useRun((state) => at(state.scenario.nodes, node).name);
  const mode = useView((view) => view.mapMode);
  const lensCell = useView((view) => view.lensCell);
  const { setLensCell } = useViewActions();
  const cell = useCellSize();
  const narrow = useMedia(media.narrow);
  return (
    <div className={`open-vm open-vm--${condition}`}>
      <header className="open-vm__head">
        <VmGlyph condition={condition} />
        <h3 className="open-vm__name">{name}</h3>
        <p className="open-vm__note">{note}</p>
        {side === 'source' && !narrow && <MapModeChoice />}
      </header>
      <MemoryMap
        frames={frames}
        side={side}
        mode={mode}
        lensCell={lensCell}
        onLensCell={setLensCell}
        label={`Memory of ${name} on ${nodeName}`}
        axis={side === 'source' && !narrow}
        maxCellCss={cell}
        paused={side === 'source' && condition === 'paused'}
      />
      <MapLegend frames={frames} side={side} mode={mode} />
    </div>
  );
}

export interface RestingVmProps {
  readonly vm: number;
  readonly node: number;
  readonly condition: VmCondition;
  /** Name beside the map, as on the first page; else above it, as large as during a move. */
  readonly beside: boolean;
}

/** The selected VM while nothing of it is copied: its map shows what the guest writes now. */
export function RestingVm({ vm, node, condition, beside }: RestingVmProps) {
  const { frames } = useLab();
  const nodeName = useRun((state) => at(state.scenario.nodes, node).name);
  const name = useRun((state) => at(state.scenario.vms, vm).name);
  const cell = useCellSize();
  return (
    <div className={beside ? 'resting-vm resting-vm--beside' : 'open-vm'}>
      <RestingHead vm={vm} condition={condition} beside={beside} />
      <MemoryMap
        frames={frames}
        side="source"
        mode="idle"
        lensCell={null}
        onLensCell={nothing}
        label={`Memory of ${name} on ${nodeName}: what it changes now`}
        axis={!beside}
        maxCellCss={beside ? 2 : cell}
      />
      {!beside && <MapLegend frames={frames} side="source" mode="idle" />}
    </div>
  );
}

type RestingHeadProps = Pick<RestingVmProps, 'vm' | 'condition' | 'beside'>;

function RestingHead({ vm, condition, beside }: RestingHeadProps) {
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const why = unmovable(spec.name, condition);
  const drag = useVmDrag(vm, why);
  const { startChoosing } = useViewActions();
  return (
    <header className={beside ? 'resting-vm__head' : 'open-vm__head'}>
      <button
        type="button"
        className="resting-vm__handle"
        {...drag}
        onClick={why === null ? () => startChoosing(vm) : undefined}
        aria-disabled={why !== null || undefined}
        title={why ?? `Drag ${spec.name} onto a node to live-migrate it`}
      >
        <VmGlyph condition={condition} />
        <span className="resting-vm__name">{spec.name}</span>
      </button>
      <p className="open-vm__note">
        {memoryText(spec.memoryMiB)}
        {beside
          ? ' of memory'
          : condition === 'waiting'
            ? ', waits for its turn'
            : ', running here'}
      </p>
      {beside && (
        <p className="resting-vm__legend">
          <i aria-hidden="true" /> changing right now
        </p>
      )}
    </header>
  );
}

function nothing(): void {}

export interface RoomBoxProps {
  readonly name: string;
  readonly freeMiB: number;
  /** An arrow leads here from the node at the left. */
  readonly arrow: boolean;
}

/** Where the VM could go: as large as it, and empty. */
export function RoomBox({ name, freeMiB, arrow }: RoomBoxProps) {
  return (
    <div className={arrow ? 'room-box room-box--arrow' : 'room-box'}>
      <div>
        <p className="room-box__free">{memoryText(freeMiB)} free</p>
        <p>room for {name}</p>
      </div>
      <div className="room-box__map" aria-hidden="true" />
    </div>
  );
}

/** The selected VM while it is not on its way between two nodes: its map shows what the guest writes now. */
import { nodeName, vmName } from '../../state/names.ts';
import { at } from '../../base/assert.ts';
import { memoryText } from '../../base/numberText.ts';
import { MapLegend } from '../shared/charts/MapLegend.tsx';
import { MemoryMap, type MemoryMapProps } from '../shared/charts/MemoryMap.tsx';
import { useLab, useRun } from '../shared/lab.tsx';
import { Unbroken } from '../shared/Unbroken.tsx';
import { useChoosing } from '../shared/useChoosing.ts';
import { useCellSize } from '../shared/useMedia.ts';
import { noMemoryText, restNote } from './openNotes.ts';
import { methodOfDrag } from './placement.ts';
import { useVmDrag } from './useVmDrag.ts';
import { VmGlyph } from './VmCard.tsx';
import { unmovable, type VmCondition } from './vmCondition.ts';

export interface RestingVmProps {
  readonly vm: number;
  readonly node: number;
  readonly condition: VmCondition;
  /** Name beside the map, as on the first page; else above it, as large as during a move. */
  readonly beside: boolean;
}

export function RestingVm({ vm, node, condition, beside }: RestingVmProps) {
  const { frames } = useLab();
  const nodeTitle = useRun((state) => nodeName(state.scenario, node));
  const name = useRun((state) => vmName(state.scenario, vm));
  const absent = useRun((state) => noMemoryText(state, vm));
  const cell = useCellSize();
  const map = restingMap(condition);
  return (
    <div
      className={beside ? 'resting-vm resting-vm--beside' : `open-vm open-vm--${condition}`}
      data-picture={`Memory of ${name} on ${nodeTitle}`}
    >
      <RestingHead vm={vm} condition={condition} beside={beside} />
      <MemoryMap
        frames={frames}
        lensCell={null}
        onLensCell={nothing}
        label={`Memory of ${name} on ${nodeTitle}: ${absent ?? 'what it changes now'}`}
        axis={!beside}
        maxCellCss={beside ? 2 : cell}
        {...map}
      />
      {beside ? null : absent === null ? (
        <MapLegend frames={frames} side={map.side} mode={map.mode} />
      ) : (
        <p className="open-vm__absent">{absent}</p>
      )}
    </div>
  );
}

type RestingMap = Pick<MemoryMapProps, 'side' | 'mode' | 'paused' | 'lost' | 'empty'>;

/** How the map of a VM looks that is not between two nodes. */
export function restingMap(condition: VmCondition): RestingMap {
  switch (condition) {
    case 'restoring':
      return { side: 'target', mode: 'quick', paused: true };
    case 'crashed':
      return { side: 'source', mode: 'idle', lost: true };
    case 'saved':
    case 'configuring':
    case 'booting':
      return { side: 'source', mode: 'idle', empty: true };
    case 'paused':
    case 'saving':
    case 'waiting-for-disk':
      return { side: 'source', mode: 'idle', paused: true };
    case 'running':
    case 'moving':
    case 'waiting':
      return { side: 'source', mode: 'idle' };
  }
}

type RestingHeadProps = Pick<RestingVmProps, 'vm' | 'condition' | 'beside'>;

function RestingHead({ vm, condition, beside }: RestingHeadProps) {
  const name = useRun((state) => vmName(state.scenario, vm));
  const memory = useRun((state) => memoryText(at(state.scenario.vms, vm).memoryMiB));
  const note = useRun((state) => restNote(state, vm));
  const method = useRun((state) => methodOfDrag(state, vm));
  const why = unmovable(name, condition);
  const drag = useVmDrag(vm, why);
  const choosing = useChoosing();
  return (
    <header className={beside ? 'resting-vm__head' : 'open-vm__head'}>
      <button
        type="button"
        className="resting-vm__handle"
        {...drag}
        onClick={
          why === null
            ? ({ detail }) => choosing.toggle({ what: method, vm }, false, detail === 0)
            : undefined
        }
        aria-disabled={why !== null || undefined}
        title={why ?? `Drag ${name} onto a node to ${method}-migrate it`}
      >
        <VmGlyph condition={condition} />
        <span className="resting-vm__name">{name}</span>
      </button>
      <p className="open-vm__note" title={note}>
        {beside && condition === 'running' ? `${memory} of memory` : note}
      </p>
      {beside && condition === 'running' && (
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
        <p className="room-box__for" title={name}>
          <Unbroken text={`room for ${name}`} />
        </p>
      </div>
      <div className="room-box__map" aria-hidden="true" />
    </div>
  );
}

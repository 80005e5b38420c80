/** Source above target, as wide as the screen. */
import { at } from '../../base/assert.ts';
import { withThousands } from '../../base/numberText.ts';
import { isBlackout } from '../../state/moment.ts';
import { nodeOfVm } from '../../state/selectors.ts';
import { MapLegend } from '../shared/charts/MapLegend.tsx';
import { MemoryMap, type MemoryMapProps } from '../shared/charts/MemoryMap.tsx';
import { MigrationLink } from '../shared/charts/MigrationLink.tsx';
import { useLab, useRun, useView, useViewActions } from '../shared/lab.tsx';
import { useWindowHeight } from '../shared/useMedia.ts';
import { stageMove } from './placement.ts';
import './phoneMemory.css';

export function PhoneMemory() {
  const { frames } = useLab();
  const vm = useView((view) => view.selectedVm);
  const mode = useView((view) => view.mapMode);
  const move = useRun((state) => stageMove(state, vm));
  const name = useRun((state) => at(state.scenario.vms, vm).name);
  const home = useRun((state) => nodeOfVm(state, vm));
  if (move === null) {
    return (
      <div className="phone-memory">
        <PhoneNode node={home} note={`${name} runs here`} />
        <PhoneMap side="source" mode="idle" node={home} />
        <MapLegend frames={frames} side="source" mode="idle" />
      </div>
    );
  }
  const { from, to } = move;
  const onTarget = home === to;
  const paused = isBlackout(move.phase);
  return (
    <div className="phone-memory" data-migration-stage="">
      <PhoneNode
        node={from}
        tag="Source"
        note={onTarget ? 'old copy' : paused ? `${name} is paused` : `${name} runs here`}
      />
      <PhoneMap side="source" mode={mode} node={from} paused={paused} />
      <div className="phone-memory__link">
        <MigrationLink frames={frames} orientation="vertical">
          <DirtyPages />
        </MigrationLink>
      </div>
      <PhoneNode node={to} tag="Target" note={onTarget ? `${name} runs here` : 'not running yet'} />
      <PhoneMap side="target" mode={mode} node={to} />
      <MapLegend frames={frames} side="source" mode={mode} namesOnly />
    </div>
  );
}

function DirtyPages() {
  const dirty = useRun((state) => state.summary?.migration?.stalePages ?? 0);
  return (
    <p className="phone-memory__dirty">
      <b>{withThousands(dirty)}</b>
      dirty pages now
    </p>
  );
}

interface PhoneNodeProps {
  readonly node: number;
  readonly tag?: 'Source' | 'Target';
  readonly note: string;
}

function PhoneNode({ node, tag, note }: PhoneNodeProps) {
  const name = useRun((state) => at(state.scenario.nodes, node).name);
  return (
    <header className="phone-memory__node">
      <h2>{name}</h2>
      {tag !== undefined && (
        <span className={tag === 'Source' ? 'tag tag--filled' : 'tag'}>{tag}</span>
      )}
      <p>{note}</p>
    </header>
  );
}

interface PhoneMapProps extends Pick<MemoryMapProps, 'side' | 'mode'> {
  readonly node: number;
  readonly paused?: boolean;
}

function PhoneMap({ side, mode, node, paused = false }: PhoneMapProps) {
  const { frames } = useLab();
  const vm = useView((view) => view.selectedVm);
  const lensCell = useView((view) => view.lensCell);
  const { setLensCell } = useViewActions();
  const name = useRun((state) => at(state.scenario.vms, vm).name);
  const nodeName = useRun((state) => at(state.scenario.nodes, node).name);
  const maxHeightCss = useRoomForMap();
  return (
    <div className="phone-memory__map">
      <MemoryMap
        frames={frames}
        side={side}
        mode={mode}
        lensCell={lensCell}
        onLensCell={setLensCell}
        label={`Memory of ${name} on ${nodeName}`}
        maxCellCss={5}
        maxHeightCss={maxHeightCss}
        paused={paused}
      />
    </div>
  );
}

/** All that stands above, between and below the two maps. */
const BESIDE_MAPS_CSS = 564;
const LOWEST_MAP_CSS = 96;

/** Height for each of two maps, so that the readouts below them stand above the transport. */
function useRoomForMap(): number {
  const height = useWindowHeight();
  return Math.max(LOWEST_MAP_CSS, (height - BESIDE_MAPS_CSS) / 2);
}

/** Source above target, as wide as the screen. */
import { withThousands } from '../../base/numberText.ts';
import { nodeName, vmName, volumeName, volumeOfVm } from '../../state/names.ts';
import { nodeOfVm, nodeStateOf } from '../../state/selectors.ts';
import { MapLegend } from '../shared/charts/MapLegend.tsx';
import { MemoryMap, type MemoryMapProps } from '../shared/charts/MemoryMap.tsx';
import { MigrationLink } from '../shared/charts/MigrationLink.tsx';
import { CrossIcon } from '../shared/icons.tsx';
import { useLab, useRun, useView, useViewActions } from '../shared/lab.tsx';
import { useWindowHeight } from '../shared/useMedia.ts';
import { noMemoryText, restNote, sourceSide, targetSide } from './openNotes.ts';
import { PhoneFile } from './PhoneFile.tsx';
import { stageMove, type StageMove } from './placement.ts';
import { restingMap } from './RestingVm.tsx';
import { conditionOf } from './vmCondition.ts';
import './phoneMemory.css';

export function PhoneMemory() {
  const vm = useView((view) => view.selectedVm);
  const move = useRun((state) => stageMove(state, vm));
  return move === null ? <PhoneRest vm={vm} /> : <PhoneMove move={move} />;
}

function PhoneRest({ vm }: { readonly vm: number }) {
  const { frames } = useLab();
  const home = useRun((state) => nodeOfVm(state, vm));
  const name = useRun((state) => vmName(state.scenario, vm));
  const condition = useRun((state) => conditionOf(state, vm));
  const note = useRun((state) => restNote(state, vm));
  const absent = useRun((state) => noMemoryText(state, vm));
  const map = restingMap(condition);
  return (
    <div className="phone-memory">
      <PhoneNode node={home} note={condition === 'running' ? `${name} runs here` : note} />
      <PhoneMap {...map} node={home} />
      {absent === null ? (
        <MapLegend frames={frames} side={map.side} mode={map.mode} />
      ) : (
        <p className="open-vm__absent">{absent}</p>
      )}
    </div>
  );
}

function PhoneMove({ move }: { readonly move: StageMove }) {
  const { frames } = useLab();
  const { vm, from, to, method } = move;
  const mapMode = useView((view) => view.mapMode);
  const mode = method === 'quick' ? 'quick' : mapMode;
  const volume = useRun(({ scenario }) => volumeName(scenario, volumeOfVm(scenario, vm)));
  const source = useRun((state) => sourceSide(state, move));
  const target = useRun((state) => targetSide(state, move));
  const stillAtSource = source.condition === 'paused' || source.condition === 'saving';
  return (
    <div className="phone-memory" data-migration-stage="">
      <PhoneNode node={from} tag="Source" note={source.note} />
      <PhoneMap side="source" mode={mode} node={from} paused={stillAtSource} />
      <div className="phone-memory__link">
        {method === 'quick' ? (
          <PhoneFile volumeName={volume} />
        ) : (
          <MigrationLink frames={frames} orientation="vertical">
            <DirtyPages />
          </MigrationLink>
        )}
      </div>
      <PhoneNode node={to} tag="Target" note={target.note} />
      <PhoneMap side="target" mode={mode} node={to} paused={target.condition === 'restoring'} />
      <MapLegend frames={frames} side="source" mode={mode} volume={volume} namesOnly />
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
  const name = useRun((state) => nodeName(state.scenario, node));
  const isDown = useRun((state) => !nodeStateOf(state, node).up);
  return (
    <header
      className={isDown ? 'phone-memory__node phone-memory__node--down' : 'phone-memory__node'}
    >
      <h2 title={name}>
        {name}
        {isDown && <CrossIcon />}
      </h2>
      {tag !== undefined && (
        <span className={tag === 'Source' ? 'tag tag--filled' : 'tag'}>{tag}</span>
      )}
      <p>{note}</p>
    </header>
  );
}

type MapLook = Pick<MemoryMapProps, 'side' | 'mode' | 'paused' | 'lost' | 'empty'>;

interface PhoneMapProps extends MapLook {
  readonly node: number;
}

function PhoneMap({ node, ...look }: PhoneMapProps) {
  const { frames } = useLab();
  const vm = useView((view) => view.selectedVm);
  const lensCell = useView((view) => view.lensCell);
  const lensHeld = useView((view) => view.lensHeld);
  const { setLensCell } = useViewActions();
  const name = useRun((state) => vmName(state.scenario, vm));
  const nodeTitle = useRun((state) => nodeName(state.scenario, node));
  const maxHeightCss = useRoomForMap();
  return (
    <div className="phone-memory__map" data-picture={`Memory of ${name} on ${nodeTitle}`}>
      <MemoryMap
        frames={frames}
        lensCell={lensCell}
        lensHeld={lensHeld}
        onLensCell={setLensCell}
        label={`Memory of ${name} on ${nodeTitle}`}
        maxCellCss={5}
        maxHeightCss={maxHeightCss}
        {...look}
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

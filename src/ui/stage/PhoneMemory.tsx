/** Source above target, as wide as the screen. */
import { at } from '../../base/assert.ts';
import { withThousands } from '../../base/numberText.ts';
import { isBlackout } from '../../state/moment.ts';
import { nodeOfVm } from '../../state/selectors.ts';
import { MapLegend } from '../shared/charts/MapLegend.tsx';
import { MemoryMap, type MemoryMapProps } from '../shared/charts/MemoryMap.tsx';
import { MapModeChoice } from '../shared/MapModeChoice.tsx';
import { MigrationLink } from '../shared/charts/MigrationLink.tsx';
import { useLab, useRun, useRunState, useView, useViewActions } from '../shared/lab.tsx';
import { stageMoment } from './placement.ts';
import './phoneMemory.css';

export function PhoneMemory() {
  const { frames } = useLab();
  const state = useRunState();
  const vm = useView((view) => view.selectedVm);
  const mode = useView((view) => view.mapMode);
  const moment = stageMoment(state, vm);
  const { name } = at(state.scenario.vms, vm);
  const home = nodeOfVm(state, vm);
  if (moment === null) {
    return (
      <div className="phone-memory">
        <PhoneNode node={home} note={`${name} runs here`} />
        <PhoneMap side="source" mode="idle" node={home} />
        <MapLegend frames={frames} side="source" mode="idle" />
      </div>
    );
  }
  const { from, to } = moment.migration;
  const onTarget = home === to;
  const paused = isBlackout(moment.phase?.name);
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
          <p className="phone-memory__dirty">
            <b>{withThousands(state.summary?.migration?.stalePages ?? 0)}</b>
            dirty pages now
          </p>
        </MigrationLink>
      </div>
      <PhoneNode node={to} tag="Target" note={onTarget ? `${name} runs here` : 'not running yet'} />
      <PhoneMap side="target" mode={mode} node={to} />
      <MapLegend frames={frames} side="source" mode={mode} />
      <MapModeChoice />
    </div>
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
  return (
    <MemoryMap
      frames={frames}
      side={side}
      mode={mode}
      lensCell={lensCell}
      onLensCell={setLensCell}
      label={`Memory of ${name} on ${nodeName}`}
      maxCellCss={5}
      paused={paused}
    />
  );
}

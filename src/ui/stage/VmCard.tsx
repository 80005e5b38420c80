/** A VM on its node: glyph, name and what it does. Click selects it, dragging it onto a node moves it. */
import { isolated } from '../../base/isolated.ts';
import type { ReactElement } from 'react';
import { at } from '../../base/assert.ts';
import {
  CrossIcon,
  PauseIcon,
  PlayIcon,
  RestartIcon,
  RestoreIcon,
  SaveIcon,
  ShellIcon,
  WaitingIcon,
} from '../shared/icons.tsx';
import { useRun, useView, useViewActions } from '../shared/lab.tsx';
import type { GhostVm, PlacedVm } from './placement.ts';
import { useVmDrag } from './useVmDrag.ts';
import {
  blockedText,
  conditionText,
  diskMark,
  isHatched,
  unmovable,
  type VmCondition,
} from './vmCondition.ts';

const glyphs: Readonly<Record<VmCondition | 'shell', () => ReactElement>> = {
  running: PlayIcon,
  moving: PlayIcon,
  waiting: WaitingIcon,
  paused: PauseIcon,
  saving: SaveIcon,
  saved: SaveIcon,
  restoring: RestoreIcon,
  'waiting-for-disk': PauseIcon,
  crashed: CrossIcon,
  configuring: RestartIcon,
  booting: RestartIcon,
  shell: ShellIcon,
};

export function VmGlyph({ condition }: { readonly condition: VmCondition | 'shell' }) {
  const Glyph = glyphs[condition];
  return <Glyph />;
}

export function VmCard({ vm, condition }: PlacedVm) {
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const note = useRun((state) => conditionText(state, vm, condition));
  const mark = useRun((state) => diskMark(state, vm));
  const blocked = useRun((state) => blockedText(state, vm) !== null);
  const selected = useView((view) => view.selectedVm === vm);
  const { selectVm } = useViewActions();
  const drag = useVmDrag(vm, unmovable(isolated(spec.name), condition));
  const names = ['vm-card', `vm-card--${condition}`];
  if (condition !== 'running' || mark !== null || blocked) names.push('vm-card--busy');
  if (blocked) names.push('vm-card--blocked');
  if (isHatched(condition) && condition !== 'crashed') names.push('vm-card--hatched');
  if (mark !== null) names.push(`vm-card--${mark}`);
  return (
    <button
      type="button"
      className={names.join(' ')}
      aria-pressed={selected}
      title={`${isolated(spec.name)}: ${note}`}
      {...drag}
      onClick={() => selectVm(vm)}
    >
      <VmGlyph condition={condition} />
      <span className="vm-card__name">{isolated(spec.name)}</span>
      <span className="vm-card__note">{note}</span>
    </button>
  );
}

/** The place kept for a VM that is still elsewhere, or that it has left. */
export function GhostCard({ vm, note }: GhostVm) {
  const spec = useRun((state) => at(state.scenario.vms, vm));
  return (
    <div className={`vm-card vm-card--shell ${note === 'moved' ? 'vm-card--gone' : ''}`}>
      <VmGlyph condition="shell" />
      <span className="vm-card__name">{isolated(spec.name)}</span>
      <span className="vm-card__note">{note}</span>
    </div>
  );
}

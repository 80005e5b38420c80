/** A VM on its node: glyph, name and what it does. Click selects it, dragging it onto a node moves it. */
import type { ReactElement } from 'react';
import { memoryText } from '../../base/numberText.ts';
import { at } from '../../base/assert.ts';
import { PauseIcon, PlayIcon, ShellIcon, WaitingIcon } from '../shared/icons.tsx';
import { useRun, useView, useViewActions } from '../shared/lab.tsx';
import { placeInLine, type VmCondition } from './placement.ts';
import { useVmDrag } from './useVmDrag.ts';

const glyphs: Readonly<Record<VmCondition | 'shell', () => ReactElement>> = {
  running: PlayIcon,
  moving: PlayIcon,
  paused: PauseIcon,
  waiting: WaitingIcon,
  shell: ShellIcon,
};

export function VmGlyph({ condition }: { readonly condition: VmCondition | 'shell' }) {
  const Glyph = glyphs[condition];
  return <Glyph />;
}

/** Why a VM cannot be picked up now, or null. */
export function unmovable(name: string, condition: VmCondition): string | null {
  return condition === 'running' ? null : `${name} is already being moved`;
}

const ordinals = ['1st', '2nd', '3rd'] as const;

function conditionText(condition: VmCondition, memory: string, place: number): string {
  switch (condition) {
    case 'running':
      return memory;
    case 'moving':
      return 'moving';
    case 'paused':
      return 'blackout';
    case 'waiting':
      return `${ordinals[place - 1] ?? `${place}th`} in line`;
  }
}

export interface VmCardProps {
  readonly vm: number;
  readonly condition: VmCondition;
}

export function VmCard({ vm, condition }: VmCardProps) {
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const place = useRun((state) => placeInLine(state, vm));
  const selected = useView((view) => view.selectedVm === vm);
  const { selectVm } = useViewActions();
  const drag = useVmDrag(vm, unmovable(spec.name, condition));
  return (
    <button
      type="button"
      className={`vm-card vm-card--${condition}`}
      aria-pressed={selected}
      {...drag}
      onClick={() => selectVm(vm)}
    >
      <VmGlyph condition={condition} />
      <span className="vm-card__name">{spec.name}</span>
      <span className="vm-card__note">
        {conditionText(condition, memoryText(spec.memoryMiB), place)}
      </span>
    </button>
  );
}

/** The place kept for a VM that still runs elsewhere. */
export function ShellCard({ vm }: { readonly vm: number }) {
  const spec = useRun((state) => at(state.scenario.vms, vm));
  return (
    <div className="vm-card vm-card--shell">
      <VmGlyph condition="shell" />
      <span className="vm-card__name">{spec.name}</span>
      <span className="vm-card__note">reserved</span>
    </div>
  );
}

/** A change of the inspector: before the start another scenario, during the run a command of the recording. */
import { useMemo } from 'react';
import { at } from '../../base/assert.ts';
import type { LiveMigrationChange } from '../../engine/command.ts';
import type { WriterSpec } from '../../engine/settings.ts';
import {
  settingsOperation,
  withMemory,
  withSettings,
  withWriters,
  writersOperation,
} from '../../state/edits.ts';
import { isBeforeStart, type RunStore } from '../../state/runStore.ts';
import { useLab } from '../shared/lab.tsx';

export interface Edit {
  readonly memory: (memoryMiB: number) => void;
  readonly writers: (writers: readonly WriterSpec[]) => void;
  readonly settings: (change: LiveMigrationChange) => void;
}

export function useEdit(vm: number): Edit {
  const { runStore } = useLab();
  return useMemo(() => createEdit(runStore, vm), [runStore, vm]);
}

function createEdit(runStore: RunStore, vm: number): Edit {
  const { getState, actions } = runStore;
  return {
    memory(memoryMiB) {
      actions.editScenario(withMemory(getState().scenario, vm, memoryMiB));
    },
    writers(writers) {
      const state = getState();
      if (isBeforeStart(state)) actions.editScenario(withWriters(state.scenario, vm, writers));
      else actions.operate(writersOperation(at(state.scenario.vms, vm).id, writers));
    },
    settings(change) {
      const state = getState();
      if (isBeforeStart(state)) actions.editScenario(withSettings(state.scenario, change));
      else actions.operate(settingsOperation(change));
    },
  };
}

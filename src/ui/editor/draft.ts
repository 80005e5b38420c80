/** The cluster being edited: a draft that becomes a run only when all is done. Refusals come back as sentences. */
import { createContext, useContext, useState } from 'react';
import type { Scenario } from '../../engine/scenario.ts';
import type { ClusterEdit } from '../../state/clusterEdits.ts';

export interface Draft {
  readonly scenario: Scenario;
  /** The draft as it would be with what is being typed, for totals that follow at once. */
  readonly typed: Scenario;
  /** Changes the draft. @returns Why not, or null. */
  readonly apply: (edit: ClusterEdit) => string | null;
  /** Shows what an edit would do, null ends that. @returns Why it would be refused, or null. */
  readonly trial: (edit: ClusterEdit | null) => string | null;
}

export function useNewDraft(start: Scenario): Draft {
  const [scenario, setScenario] = useState(start);
  const [typed, setTyped] = useState<Scenario | null>(null);
  const [base, setBase] = useState(start);
  // A file was dropped on the page: then that is what is edited.
  if (base !== start) {
    setBase(start);
    setScenario(start);
    setTyped(null);
  }
  return {
    scenario,
    typed: typed ?? scenario,
    apply(edit) {
      const result = edit(scenario);
      setTyped(null);
      if (result.ok) setScenario(result.scenario);
      return result.ok ? null : result.reason;
    },
    trial(edit) {
      const result = edit?.(scenario) ?? null;
      setTyped(result?.ok === true ? result.scenario : null);
      return result?.ok === false ? result.reason : null;
    },
  };
}

const DraftContext = createContext<Draft | null>(null);

export const DraftProvider = DraftContext.Provider;

/** @throws Error outside of a `DraftProvider`. */
export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (draft === null) throw new Error('no DraftProvider above this component');
  return draft;
}

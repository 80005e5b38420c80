/** When pre-copy ends, and how the dirty bitmap is read. */
import { secondsText, withThousands } from '../../base/numberText.ts';
import {
  inspectorRanges,
  stopBelowMsFor,
  thresholdPages,
  trackingNames,
} from '../../state/edits.ts';
import { settingsOf } from '../../state/selectors.ts';
import { useRun } from '../shared/lab.tsx';
import { SelectRow } from './SelectRow.tsx';
import { TypedValue } from './TypedValue.tsx';
import { useEdit } from './useEdit.ts';

const noUnits = { pages: 1, rounds: 1 };
const timeUnits = { s: 1000, ms: 1 };

/** Stands for "no limit" in the one number of the row. */
const NO_LIMIT = 0;

export function StopRules({ vm }: { readonly vm: number }) {
  const edit = useEdit(vm);
  const settings = useRun(settingsOf);
  const pagesAt = (stopBelowMs: number): number => thresholdPages({ ...settings, stopBelowMs });
  const { min, max } = inspectorRanges.stopBelowMs;
  return (
    <section className="panel" aria-labelledby="stop-title">
      <h3 id="stop-title">Stop pre-copy when</h3>
      <TypedValue
        label="dirty pages are at most"
        value={pagesAt(settings.stopBelowMs)}
        range={{ min: pagesAt(min), max: pagesAt(max) }}
        format={withThousands}
        units={noUnits}
        round={Math.round}
        onChange={(pages) => edit.settings({ stopBelowMs: stopBelowMsFor(pages, settings) })}
      />
      <TypedValue
        label="which take at most"
        value={settings.stopBelowMs}
        range={{ min, max }}
        format={(ms) => secondsText(ms / 1000)}
        units={timeUnits}
        round={Math.round}
        onChange={(stopBelowMs) => edit.settings({ stopBelowMs })}
      />
      <TypedValue
        label="or rounds reach"
        value={settings.maxRounds ?? NO_LIMIT}
        range={{ min: NO_LIMIT, max: inspectorRanges.maxRounds.max }}
        format={roundsText}
        units={noUnits}
        round={Math.round}
        onChange={(rounds) => edit.settings({ maxRounds: rounds === NO_LIMIT ? null : rounds })}
      />
      <SelectRow
        label="Bitmap"
        value={settings.tracking}
        names={trackingNames}
        onChoose={(tracking) => edit.settings({ tracking })}
      />
    </section>
  );
}

function roundsText(rounds: number): string {
  return rounds === NO_LIMIT ? '0 (no limit)' : String(rounds);
}

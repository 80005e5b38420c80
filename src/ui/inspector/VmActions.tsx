/** The selected VM: where it is, and what can be done with it. */
import { isolated } from '../../base/isolated.ts';
import { at } from '../../base/assert.ts';
import { firstChoice } from '../../state/choosing.ts';
import type { MoveMethod } from '../../state/selectors.ts';
import { Button } from '../shared/Button.tsx';
import { useRun, useRunActions, useView } from '../shared/lab.tsx';
import { useChoosing } from '../shared/useChoosing.ts';
import { quickSpeedText, whereText, whyNotCancellable, whyNotMovable } from './vmWords.ts';

export function VmActions({ vm }: { readonly vm: number }) {
  const spec = useRun((state) => at(state.scenario.vms, vm));
  const where = useRun((state) => whereText(state, vm));
  const whyNoCancel = useRun((state) => whyNotCancellable(state, vm));
  const { operate } = useRunActions();
  return (
    <section className="panel panel--first" aria-label={isolated(spec.name)}>
      <h2 className="inspector__name" title={spec.name}>
        {isolated(spec.name)}
      </h2>
      <p className="inspector__where">{where}</p>
      <div className="inspector__actions">
        <MoveButton vm={vm} method="live" />
        <MoveButton vm={vm} method="quick" />
        <CrashButton />
        <Button
          label="Cancel this migration"
          unavailable={whyNoCancel}
          reasonAt="below-end"
          onPress={() => operate({ do: 'cancel-migration', vm: spec.id })}
        >
          Cancel
        </Button>
      </div>
      <ActionHint vm={vm} />
    </section>
  );
}

const methods = {
  live: { text: 'Live migrate…', keys: 'L' },
  quick: { text: 'Quick migrate…', keys: 'Q' },
} as const;

function MoveButton({ vm, method }: { readonly vm: number; readonly method: MoveMethod }) {
  const why = useRun((state) => whyNotMovable(state, vm, method));
  const isChoosing = useView((view) => view.choosing?.what === method);
  const choosing = useChoosing();
  const { text, keys } = methods[method];
  return (
    <Button
      look={isChoosing ? 'primary' : 'default'}
      keys={keys}
      unavailable={why}
      reasonAt={method === 'live' ? 'below' : 'below-end'}
      onPress={(byKey) => choosing.toggle({ what: method, vm }, isChoosing, byKey)}
    >
      {text}
    </Button>
  );
}

function CrashButton() {
  const isChoosing = useView((view) => view.choosing?.what === 'crash');
  const choosing = useChoosing();
  const why = useRun((state) =>
    firstChoice(state, { what: 'crash' }, 0) === null ? 'All nodes are down.' : null,
  );
  return (
    <Button
      look={isChoosing ? 'primary' : 'default'}
      keys="C"
      unavailable={why}
      onPress={(byKey) => choosing.toggle({ what: 'crash' }, isChoosing, byKey)}
    >
      Crash a node…
    </Button>
  );
}

/** What is to be done next while a node is chosen, else how long a quick migration takes. */
function ActionHint({ vm }: { readonly vm: number }) {
  const isChoosing = useView((view) => view.choosing !== null);
  const speed = useRun((state) => quickSpeedText(state, vm));
  return (
    <p className="inspector__note inspector__hint-line" aria-live="polite">
      {isChoosing ? 'Choose a node. Esc gives up.' : speed}
    </p>
  );
}

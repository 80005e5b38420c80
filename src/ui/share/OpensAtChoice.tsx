import { secondsText } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import { timeNsOf } from '../../state/selectors.ts';
import type { OpensAt } from '../../state/sharing.ts';
import { Choice } from '../shared/Choice.tsx';
import { useRun } from '../shared/lab.tsx';

export interface OpensAtChoiceProps {
  readonly value: OpensAt;
  readonly onChoose: (value: OpensAt) => void;
}

/** Whoever opens the link stands at this moment, or at the start of the same run. Nothing to choose at the start. */
export function OpensAtChoice({ value, onChoose }: OpensAtChoiceProps) {
  const nowNs = useRun(timeNsOf);
  if (nowNs === 0) return null;
  const now = secondsText(nowNs / NS_PER_S);
  return (
    <section className="share__part" aria-labelledby="opens-at-title">
      <h3 id="opens-at-title">The link opens</h3>
      <Choice
        label="The link opens"
        options={[
          { value: 'moment', text: `at this moment, ${now}` },
          { value: 'start', text: 'at the start of the run' },
        ]}
        value={value}
        onChoose={onChoose}
      />
    </section>
  );
}

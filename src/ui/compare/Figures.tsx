/** What a run came to, in the largest figures of the page. */
import { secondsFigure } from '../../base/numberText.ts';
import { NS_PER_S } from '../../base/units.ts';
import { factsOf, type LaneFacts } from '../../state/compareFacts.ts';
import type { CompareRun } from '../../state/compareLanes.ts';
import { figureRows, lostTexts } from '../../state/compareFigures.ts';
import { othersText } from '../../state/compareWords.ts';
import { CheckIcon, CrossIcon } from '../shared/icons.tsx';

export function Figures({ run }: { readonly run: CompareRun }) {
  const facts = factsOf(run);
  const others = othersText(run);
  if (facts.refusal !== null) {
    return <p className="figures__refused">This move is not possible.</p>;
  }
  return (
    <>
      <Outage facts={facts} />
      <ul className="figures__lost">
        {lostTexts(facts).map(({ text, lost }) => (
          <li key={text} className={lost ? 'figures__lost--some' : undefined}>
            {lost ? <CrossIcon /> : <CheckIcon />}
            {text}
          </li>
        ))}
      </ul>
      {others !== '' && <p className="figures__others">{others}</p>}
      <dl className="figures__rows">
        {figureRows(run).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Outage({ facts: { outageNs, isUnfinished } }: { readonly facts: LaneFacts }) {
  return (
    <p className="figures__outage">
      {Number.isFinite(outageNs) ? (
        <b>
          {secondsFigure(outageNs / NS_PER_S)}
          <span>{'\u00a0s'}</span>
        </b>
      ) : (
        <b>no end</b>
      )}{' '}
      {isUnfinished ? 'outage so far' : 'outage'}
    </p>
  );
}

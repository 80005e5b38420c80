/** The Lab from 640 px on: the stage, what it has come to, and the inspector beside it or as a drawer. */
import { startTransition, useEffect, useState } from 'react';
import { Headline, Readouts } from './headline/Headline.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { ProgressPanel, ScaleChoices } from './progress/Progress.tsx';
import { FirstAction } from './shared/FirstAction.tsx';
import { useView } from './shared/lab.tsx';
import { Panel, useHidden } from './shared/Panel.tsx';
import { Stage } from './stage/Stage.tsx';
import { Transport } from './transport/Transport.tsx';

export interface LabScreenProps {
  readonly onStart: () => void;
  /** The inspector opens over the Lab, on demand. */
  readonly drawer: boolean;
}

export function LabScreen({ onStart, drawer }: LabScreenProps) {
  const drawerOpen = useView((view) => view.drawerOpen);
  const parts = usePartAfterPart(LAST_PART);
  const bare = useHidden('inspector');
  return (
    <div className={drawer || bare ? 'lab lab--drawer' : 'lab'}>
      <main className="lab__main">
        <div className="lab__top">
          <Headline />
          <Panel name="readouts">
            <Readouts />
          </Panel>
        </div>
        <Stage />
        {parts >= 1 && <ProgressPanel />}
        <div className="lab__controls" data-control="">
          <Transport firstAction={<FirstAction onStart={onStart} />} />
          <div className="lab__scales">
            <ScaleChoices />
          </div>
        </div>
      </main>
      {!bare && (!drawer || drawerOpen) && (
        <aside className="inspector" aria-label="Inspector">
          {parts >= LAST_PART && <Inspector />}
        </aside>
      )}
    </div>
  );
}

/** First the stage, then chart and timeline, then the inspector. */
const LAST_PART = 2;

/**
 * Counts up from 0, one in each render: what can wait does not hold up the frame in which the Lab appears. A store that
 * changes meanwhile makes React render all that is pending at once, so each part is asked for only when the one before is
 * there.
 */
function usePartAfterPart(last: number): number {
  const [part, setPart] = useState(0);
  useEffect(() => {
    if (part < last) startTransition(() => setPart(part + 1));
  }, [part, last]);
  return part;
}

/** The Lab from 640 px on: the stage, what it has come to, and the inspector beside it or as a drawer. */
import { Headline, Readouts } from './headline/Headline.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { RoundsPanel, ScaleChoices, TimelinePanel } from './progress/Progress.tsx';
import { FirstAction } from './shared/FirstAction.tsx';
import { useView } from './shared/lab.tsx';
import { Stage } from './stage/Stage.tsx';
import { Transport } from './transport/Transport.tsx';

export interface LabScreenProps {
  readonly onStart: () => void;
  /** The inspector opens over the Lab, on demand. */
  readonly drawer: boolean;
}

export function LabScreen({ onStart, drawer }: LabScreenProps) {
  const drawerOpen = useView((view) => view.drawerOpen);
  return (
    <div className={drawer ? 'lab lab--drawer' : 'lab'}>
      <main className="lab__main">
        <div className="lab__top">
          <Headline />
          <Readouts />
        </div>
        <Stage />
        <div className="lab__progress">
          <RoundsPanel />
          <TimelinePanel />
        </div>
        <div className="lab__controls">
          <Transport firstAction={<FirstAction onStart={onStart} />} />
          <div className="lab__scales">
            <ScaleChoices />
          </div>
        </div>
      </main>
      {(!drawer || drawerOpen) && (
        <aside className="inspector" aria-label="Inspector">
          <Inspector />
        </aside>
      )}
    </div>
  );
}

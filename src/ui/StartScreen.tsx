/** The first page: the idle cluster and one primary action. */
import { memo } from 'react';
import { useLocation } from 'wouter';
import { Stage } from './stage/Stage.tsx';
import { StartList, StartRecent, StartTitle } from './start/Start.tsx';

export interface StartScreenProps {
  readonly onStart: () => void;
}

export const StartScreen = memo(function StartScreen({ onStart }: StartScreenProps) {
  const [, navigate] = useLocation();
  return (
    <main className="start">
      <div className="start__top">
        <StartTitle onStart={onStart} />
        <StartList onChosen={() => navigate('/lab')} />
      </div>
      <StartRecent />
      <Stage plain />
      <p className="start__foot">
        Pause, step and go back whenever you like. Everything runs in this page, nothing to install.
      </p>
    </main>
  );
});

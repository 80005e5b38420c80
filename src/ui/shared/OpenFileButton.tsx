import { useRef } from 'react';
import { useLocation } from 'wouter';
import { openScenarioFile } from '../../state/scenarioFile.ts';
import { useRunActions } from './lab.tsx';

export interface OpenFileButtonProps {
  readonly className?: string;
  readonly onOpened?: () => void;
}

/** Opens a scenario file and shows it in the Lab; what is wrong with it is told there. */
export function OpenFileButton({ className = 'button', onOpened }: OpenFileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const actions = useRunActions();
  const [, navigate] = useLocation();
  const open = async (file: File): Promise<void> => {
    if (await openScenarioFile(file, actions)) navigate('/lab');
    onOpened?.();
  };
  return (
    <>
      <button type="button" className={className} onClick={() => input.current?.click()}>
        Open a scenario file…
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="Scenario file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) void open(file);
        }}
      />
    </>
  );
}

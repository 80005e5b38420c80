/** Scenarios to start from, a file to open, the recording to save. */
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useLab, useRunActions } from '../shared/lab.tsx';
import { OpenFileButton } from '../shared/OpenFileButton.tsx';
import { saveText } from '../shared/files.ts';

export function ScenarioMenu({ onClose }: { readonly onClose: () => void }) {
  const { presets } = useLab();
  const { loadScenario, recordingText } = useRunActions();
  const [, navigate] = useLocation();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    ref.current?.querySelector('button')?.focus();
    const onPointerDown = ({ target }: PointerEvent): void => {
      const menu = ref.current?.parentElement;
      if (target instanceof Node && menu?.contains(target) === false) onClose();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    window.addEventListener('pointerdown', onPointerDown);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('pointerdown', onPointerDown);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [onClose]);
  return (
    <section ref={ref} className="menu" aria-label="Scenarios">
      <ul>
        {presets.map(({ id, title, goal, scenario }) => (
          <li key={id}>
            <button
              type="button"
              className="menu__item"
              onClick={() => {
                loadScenario(scenario);
                navigate('/lab');
                onClose();
              }}
            >
              <b>{title}</b>
              <span>{goal}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="menu__files">
        <OpenFileButton onOpened={onClose} />
        <button
          type="button"
          className="button"
          onClick={() => {
            saveText('migrascope-run.json', recordingText());
            onClose();
          }}
        >
          Save this run
        </button>
      </div>
    </section>
  );
}

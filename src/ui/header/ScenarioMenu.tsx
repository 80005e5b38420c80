/** Scenarios to start from, a file to open, the run to share or save, the cluster to edit. */
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { saveRecording } from '../shared/files.ts';
import { useLab, useRunActions, useViewActions } from '../shared/lab.tsx';
import { OpenFileButton } from '../shared/OpenFileButton.tsx';
import { RecentList } from '../shared/RecentList.tsx';
import { useStartAnew } from '../shared/useStartAnew.ts';
import { Unbroken } from '../shared/Unbroken.tsx';

export interface ScenarioMenuProps {
  /** @param withFocus Whether the button of the menu gets the focus back. */
  readonly onClose: (withFocus?: boolean) => void;
}

export function ScenarioMenu({ onClose }: ScenarioMenuProps) {
  const { presets, runStore } = useLab();
  const { loadScenario } = useRunActions();
  const { setEditorOpen, setShareOpen } = useViewActions();
  const [, navigate] = useLocation();
  const startAnew = useStartAnew();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    ref.current?.querySelector('button')?.focus();
    const onPointerDown = ({ target }: PointerEvent): void => {
      const menu = ref.current?.parentElement;
      if (target instanceof Node && menu?.contains(target) === false) onClose();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose(true);
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
      <div className="menu__list">
        <RecentList onOpened={onClose} />
        <h2 id="menu-scenarios">Scenarios</h2>
        <ul aria-labelledby="menu-scenarios">
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
                <span>
                  <Unbroken text={goal} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className="menu__files">
        <OpenFileButton onOpened={onClose} />
        <button
          type="button"
          className="button"
          onClick={() => {
            saveRecording(runStore);
            onClose();
          }}
        >
          Save this run
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            onClose(true);
            setShareOpen(true);
          }}
        >
          Share…
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            onClose(true);
            setEditorOpen(true);
          }}
        >
          Edit the cluster…
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            onClose(true);
            startAnew();
          }}
        >
          New cluster…
        </button>
      </div>
    </section>
  );
}

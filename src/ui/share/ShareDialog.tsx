/** This moment as a link and as a QR code, what of the Lab goes with it, and the same run as files. */
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { OpensAt } from '../../state/sharing.ts';
import { useRunActions, useViewActions } from '../shared/lab.tsx';
import { openScreen } from '../shared/screenView.ts';
import { useShownModal } from '../shared/useShownModal.ts';
import { Files } from './Files.tsx';
import { LinkField } from './LinkField.tsx';
import { PanelTicks } from './PanelTicks.tsx';
import { QrCode } from './QrCode.tsx';
import { useLink } from './useLink.ts';
import { OpensAtChoice } from './OpensAtChoice.tsx';
import './share.css';

export function ShareDialog() {
  const ref = useShownModal();
  const { setShareOpen } = useViewActions();
  const [location] = useLocation();
  const isLab = location === '/lab' || location === '/';
  const [opensAt, setOpensAt] = useState<OpensAt>('moment');
  const [large, setLarge] = useState(false);
  usePause();
  const link = useLink(isLab ? '/lab' : location, opensAt);
  return (
    <dialog
      ref={ref}
      className={large ? 'modal share share--large' : 'modal share'}
      aria-labelledby="share-title"
      onClose={() => setShareOpen(false)}
    >
      <header className="share__head">
        <h2 id="share-title">Share and save</h2>
        <form method="dialog">
          <button type="submit" className="button">
            Close
          </button>
        </form>
      </header>
      <div className="share__code">
        <QrCode link={link} large={large} onSize={() => setLarge(!large)} />
      </div>
      <div className="share__parts">
        <LinkField link={link} />
        {isLab && <OpensAtChoice value={opensAt} onChoose={setOpensAt} />}
        {isLab && <PanelTicks />}
        <Files isLab={isLab} />
      </div>
    </dialog>
  );
}

/** What is shared is one moment, on whatever screen. */
function usePause(): void {
  const { pause } = useRunActions();
  useEffect(() => {
    pause();
    openScreen()?.pause();
  }, [pause]);
}

/** The Lab as it fits on the screen. A file of its own for the browser: Start is there before it has come. */
import { LabScreen, type LabScreenProps } from './LabScreen.tsx';
import { PhoneLab } from './PhoneLab.tsx';
import { media, useMedia } from './shared/useMedia.ts';
import './lab.css';

export function Lab({ onStart, drawer }: LabScreenProps) {
  const phone = useMedia(media.phone);
  return phone ? <PhoneLab onStart={onStart} /> : <LabScreen onStart={onStart} drawer={drawer} />;
}

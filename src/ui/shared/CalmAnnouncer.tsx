/** What happens on a screen with a clock, for those who do not see it: while the clock runs each text stands for a while. */
import { useCalmText } from './useCalmText.ts';

export interface CalmAnnouncerProps {
  readonly text: string;
  readonly isPlaying: boolean;
}

export function CalmAnnouncer({ text, isPlaying }: CalmAnnouncerProps) {
  return (
    <p className="visually-hidden" aria-live="polite">
      {useCalmText(text, isPlaying)}
    </p>
  );
}

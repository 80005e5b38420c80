/** Says where a run is that gave place to another, or that did not open, with the way back. */
import { useLocation } from 'wouter';
import type { Closed, RecentState } from '../state/recentStore.ts';
import { Button } from './shared/Button.tsx';
import { useRecent, useRecentActions } from './shared/lab.tsx';
import { Message } from './shared/Message.tsx';

export function RecentNews() {
  const closed = useRecent((state) => state.closed);
  const isKept = useRecent((state) => closed !== null && isInRecent(closed, state));
  const { goBack, dismiss } = useRecentActions();
  const [, navigate] = useLocation();
  if (closed === null) return null;
  const { title } = closed.kept.scenario;
  const back = (): void => {
    goBack();
    navigate('/lab');
  };
  return (
    <Message
      kind="info"
      title={
        <>
          “<bdi>{title}</bdi>” {whatBecame(closed, isKept)}
        </>
      }
      actions={
        <>
          <Button onPress={back}>
            {closed.why === 'replaced' ? 'Go back to it' : 'Try it again'}
          </Button>
          <Button onPress={dismiss}>Go on</Button>
        </>
      }
    />
  );
}

function isInRecent({ kept }: Closed, { trouble }: RecentState): boolean {
  return kept.origin.built && trouble === null;
}

function whatBecame({ why }: Closed, isKept: boolean): string {
  if (why === 'replaced')
    return isKept ? 'is in Recent.' : 'is closed. This browser does not keep it.';
  const left = isKept ? ' It is in Recent.' : '';
  return `stopped the page the last time, so the page opened without it.${left}`;
}

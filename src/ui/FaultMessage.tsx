/**
 * What went wrong in no particular place: in an answer to a press, in a painter, in something that was waited for. React does
 * not stop for it, and what it was about may have done only half of its work: so it is told once, and what helps is offered.
 */
import { useEffect, useState } from 'react';
import { Button } from './shared/Button.tsx';
import { Message } from './shared/Message.tsx';
import { MissingPart } from './shared/parts.ts';
import { errorText, reloadText, WaysOn } from './shared/Wing.tsx';

export function FaultMessage() {
  const [fault, setFault] = useState<Error | null>(null);
  useEffect(() => {
    const onError = ({ error }: ErrorEvent): void => setFault((known) => known ?? faultOf(error));
    const onRejection = ({ reason }: PromiseRejectionEvent): void =>
      setFault((known) => known ?? faultOf(reason));
    window.addEventListener('error', onError);
    window.addEventListener('unhandledrejection', onRejection);
    return () => {
      window.removeEventListener('error', onError);
      window.removeEventListener('unhandledrejection', onRejection);
    };
  }, []);
  if (fault === null) return null;
  return (
    <Message
      kind="error"
      title="Something in the page went wrong"
      actions={
        <>
          <Button onPress={() => setFault(null)}>Go on</Button>
          <WaysOn />
        </>
      }
    >
      <p>
        {errorText(fault)}. Does something not react any more? {reloadText()}
      </p>
    </Message>
  );
}

/** Notes of the browser and errors of scripts that are not ours come without an error; what was given up on purpose is none. */
function faultOf(thrown: unknown): Error | null {
  const isFault =
    thrown instanceof Error && thrown.name !== 'AbortError' && !(thrown instanceof MissingPart);
  return isFault ? thrown : null;
}

/**
 * A wing of the page: what goes wrong in it is told in its place, and the rest of the page goes on. The run is not part of
 * any wing, so it goes on too.
 */
import { Suspense, useEffect, type ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useLocation } from 'wouter';
import { Button } from './Button.tsx';
import { saveRecording } from './files.ts';
import { useLab, useRun } from './lab.tsx';
import { Message } from './Message.tsx';
import { forgetMissingParts, MissingPart } from './parts.ts';
import './wing.css';

export interface WingProps {
  /** "The Lab", "The editor". */
  readonly name: string;
  /** Where it is told that it has stopped. */
  readonly place: keyof typeof places;
  /** For what can be closed. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

const places = {
  screen: (told: ReactNode) => <main className="wing-fault">{told}</main>,
  notice: (told: ReactNode) => <div className="messages">{told}</div>,
  menu: (told: ReactNode) => <section className="menu">{told}</section>,
};

export function Wing({ name, place, onClose, children }: WingProps) {
  const [location] = useLocation();
  const loads = useRun((state) => state.loads);
  return (
    <ErrorBoundary
      // Another screen, or another run, is another try.
      resetKeys={[name, location, loads]}
      onReset={forgetMissingParts}
      fallbackRender={({ error, resetErrorBoundary }) =>
        places[place](
          <WingFault name={name} error={error} onRetry={resetErrorBoundary} onClose={onClose} />,
        )
      }
    >
      <Suspense>{children}</Suspense>
    </ErrorBoundary>
  );
}

interface WingFaultProps {
  readonly name: string;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onClose: (() => void) | undefined;
}

function WingFault({ name, error, onRetry, onClose }: WingFaultProps) {
  const isMissing = error instanceof MissingPart;
  useOnline(onRetry, isMissing);
  return (
    <Message
      kind="error"
      title={isMissing ? `${name} did not arrive` : `${name} has stopped`}
      actions={
        <>
          <Button onPress={onRetry}>Try again</Button>
          <WaysOn />
          {onClose !== undefined && <Button onPress={onClose}>Close</Button>}
        </>
      }
    >
      <p>
        {isMissing
          ? missingText()
          : `An error has stopped it: ${errorText(error)}. ${reloadText()}`}
      </p>
    </Message>
  );
}

function missingText(): string {
  return navigator.onLine
    ? `The connection is bad, or this page is older than its server. ${reloadText()}`
    : `There is no connection. It comes by itself when there is one again. Then you can also reload the page.`;
}

/** What a reload would do to the run. */
export function reloadText(): string {
  return isStorageOpen()
    ? 'Reload the page: your run is kept.'
    : 'Save the recording, then reload the page: this browser keeps nothing.';
}

function isStorageOpen(): boolean {
  try {
    window.sessionStorage.setItem('migrascope.probe', '');
    window.sessionStorage.removeItem('migrascope.probe');
    return true;
  } catch {
    return false;
  }
}

/** What helps whatever went wrong. Without a connection a reload would put the browser's own error in the place of the page. */
export function WaysOn() {
  const { runStore } = useLab();
  return (
    <>
      {navigator.onLine && <Button onPress={() => window.location.reload()}>Reload</Button>}
      <Button onPress={() => saveRecording(runStore)}>Save the recording</Button>
    </>
  );
}

export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** A part that waits for the connection comes with it. */
function useOnline(onOnline: () => void, isWaiting: boolean): void {
  useEffect(() => {
    if (!isWaiting) return undefined;
    window.addEventListener('online', onOnline);
    return () => window.removeEventListener('online', onOnline);
  }, [onOnline, isWaiting]);
}

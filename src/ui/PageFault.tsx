/** In the place of the whole page, when what holds its wings together has stopped. */
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { at } from '../base/assert.ts';
import { Button } from './shared/Button.tsx';
import { useLab, useRun } from './shared/lab.tsx';
import { Message } from './shared/Message.tsx';
import { errorText, reloadText, WaysOn } from './shared/Wing.tsx';

export function PageBoundary({ children }: { readonly children: ReactNode }) {
  const loads = useRun((state) => state.loads);
  return (
    <ErrorBoundary resetKeys={[loads]} fallbackRender={({ error }) => <PageFault error={error} />}>
      {children}
    </ErrorBoundary>
  );
}

function PageFault({ error }: { readonly error: unknown }) {
  const { presets, runStore } = useLab();
  // A run that stops the page would stop it again after a reload.
  const startAnew = (): void => runStore.actions.loadScenario(at(presets, 0).scenario);
  return (
    <main className="wing-fault">
      <Message
        kind="error"
        title="The page has stopped"
        actions={
          <>
            <WaysOn />
            <Button onPress={startAnew}>Open the first scenario</Button>
          </>
        }
      >
        <p>
          An error has stopped it: {errorText(error)}. {reloadText()}
        </p>
      </Message>
    </main>
  );
}

/** Runs of a screen that could not be worked out: why, and the way on. */
import { failureText } from '../../state/failureText.ts';
import { Button } from './Button.tsx';
import { Message } from './Message.tsx';

export interface RunFailureProps {
  /** "The runs could not be worked out". */
  readonly title: string;
  /** null: nothing has failed. */
  readonly failure: string | null;
  readonly onRetry: () => void;
}

export function RunFailure({ title, failure, onRetry }: RunFailureProps) {
  if (failure === null) return null;
  return (
    <Message kind="error" title={title} actions={<Button onPress={onRetry}>Try again</Button>}>
      <p>{failureText(failure)}</p>
    </Message>
  );
}

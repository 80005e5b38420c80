/** What went wrong, and the way on: a stopped worker, a file that was not taken, or not as it was. */
import { useRun, useRunActions } from './shared/lab.tsx';
import { Button } from './shared/Button.tsx';
import { Message } from './shared/Message.tsx';

export function Messages() {
  const failure = useRun((state) => state.failure);
  const rejection = useRun((state) => state.rejection);
  const repair = useRun((state) => state.repair);
  const { restart, dismissRejection, dismissRepair } = useRunActions();
  if (failure === null && rejection === null && repair === null) return null;
  return (
    <div className="messages">
      {failure !== null && (
        <Message
          kind="error"
          title="The simulation has stopped"
          actions={<Button onPress={restart}>Restart from the recording</Button>}
        >
          <p>
            {failure.name}: {failure.message}. Nothing you did is lost: the recording is still here.
          </p>
        </Message>
      )}
      {repair !== null && (
        <Message
          kind="info"
          title={`${repair.what} was made by an earlier release`}
          actions={<Button onPress={dismissRepair}>Go on with this run</Button>}
        >
          <p>{repair.sentence}</p>
        </Message>
      )}
      {rejection !== null && (
        <Message
          kind="error"
          title={`${rejection.what} was not taken`}
          actions={
            <Button onPress={dismissRejection}>
              {rejection.instead === undefined ? 'Keep the run as it is' : 'Go on with this run'}
            </Button>
          }
        >
          <ul className="message__list">
            {rejection.problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path !== '' && <code>{path}: </code>}
                {message}
              </li>
            ))}
          </ul>
          {rejection.instead !== undefined && <p>“{rejection.instead}” is open instead.</p>}
        </Message>
      )}
    </div>
  );
}

/** What went wrong, and the way on: a stopped worker, a file that was not taken, or not as it was. */
import { failureText } from '../state/failureText.ts';
import { FaultMessage } from './FaultMessage.tsx';
import { RecentNews } from './RecentNews.tsx';
import { useRun, useRunActions } from './shared/lab.tsx';
import { Button } from './shared/Button.tsx';
import { Message } from './shared/Message.tsx';

export function Messages() {
  return (
    <div className="messages">
      <Failure />
      <Silence />
      <RecentNews />
      <Repair />
      <Rejection />
      <FaultMessage />
    </div>
  );
}

function Failure() {
  const failure = useRun((state) => state.failure);
  const { restart } = useRunActions();
  if (failure === null) return null;
  return (
    <Message
      kind="error"
      title="The simulation has stopped"
      actions={<Button onPress={restart}>Restart from the recording</Button>}
    >
      <p>
        {failureText(`${failure.name}: ${failure.message}`)} Nothing you did is lost: the recording
        is still here.
      </p>
    </Message>
  );
}

function Silence() {
  const silent = useRun((state) => state.silent);
  const { restart } = useRunActions();
  if (!silent) return null;
  return (
    <Message
      kind="error"
      title="The simulation does not answer"
      actions={<Button onPress={restart}>Start the worker again</Button>}
    >
      <p>
        It is busy with something long, or it has stopped. Nothing you did is lost: the recording is
        still here.
      </p>
    </Message>
  );
}

function Repair() {
  const repair = useRun((state) => state.repair);
  const { dismissRepair } = useRunActions();
  if (repair === null) return null;
  return (
    <Message
      kind="info"
      title={`${repair.what} was made by an earlier release`}
      actions={<Button onPress={dismissRepair}>Go on with this run</Button>}
    >
      <p>{repair.sentence}</p>
    </Message>
  );
}

function Rejection() {
  const rejection = useRun((state) => state.rejection);
  const { dismissRejection } = useRunActions();
  if (rejection === null) return null;
  return (
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
  );
}

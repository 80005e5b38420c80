/** The branches of the run, once there are several, or one with a name: choose one, call it something, drop it. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { failoverSpans } from '../../charts/failoverSpans.ts';
import { futureText } from '../../charts/ghostLane.ts';
import { branchName, LONGEST_BRANCH_NAME, type Branch } from '../../state/branches.ts';
import { lastFuture } from '../../state/ghostFuture.ts';
import type { RunState } from '../../state/runStore.ts';
import { Button } from '../shared/Button.tsx';
import { useRun, useRunActions, useViewActions } from '../shared/lab.tsx';
import { Unbroken } from '../shared/Unbroken.tsx';
import './branchList.css';

interface BranchLine {
  readonly id: number;
  readonly name: string;
  /** As it was typed. */
  readonly typed: string;
  readonly note: string;
  /** What its last move of the VM, or a crash since, came to; or ''. */
  readonly outcome: string;
  /** How many of its steps are undone; null while another branch is shown. */
  readonly undone: number | null;
}

function linesOf({ branches, run }: RunState, vm: number): BranchLine[] {
  const { list, present } = branches;
  return list.map((branch) => {
    const isShown = branch.id === present.branch;
    const undone = isShown ? branch.steps.length - 1 - present.step : null;
    return {
      id: branch.id,
      name: branchName(branch),
      typed: branch.name ?? branchName(branch),
      note: branch.note,
      outcome: outcomeOf(undone === 0 ? run : branch.run, vm),
      undone,
    };
  });
}

function outcomeOf(run: Branch['run'], vm: number): string {
  const last = lastFuture(run, vm);
  if (last === null) return '';
  return futureText(last.steps === null ? last : { ...last, steps: failoverSpans(last.steps) });
}

export function BranchList({ vm }: { readonly vm: number }) {
  const lines = useRun((state) => linesOf(state, vm));
  const { pointAtBranch } = useViewActions();
  useEffect(() => () => pointAtBranch(null), [pointAtBranch]);
  const isNamed = useRun(({ branches }) => branches.list.some(({ name }) => name !== null));
  if (lines.length < 2 && !isNamed) return null;
  return (
    <section className="panel" aria-labelledby="branches-title">
      <h3 id="branches-title">Branches</h3>
      <ul className="branches" aria-labelledby="branches-title">
        {lines.map((line) => (
          <Row key={line.id} line={line} />
        ))}
      </ul>
    </section>
  );
}

function Row({ line }: { readonly line: BranchLine }) {
  const ref = useRef<HTMLLIElement>(null);
  const byKey = useRef(false);
  const [renaming, setRenaming] = useState(false);
  useEffect(() => {
    // The field is gone: what was pressed to open it has the focus again.
    if (!renaming && byKey.current) {
      ref.current?.querySelector<HTMLElement>('.branches__manage button')?.focus();
    }
    byKey.current = false;
  }, [renaming]);
  const done = (withKey: boolean): void => {
    byKey.current = withKey;
    setRenaming(false);
  };
  return (
    <li ref={ref} className="branches__row">
      <Choose line={line} />
      {renaming ? (
        <NameField line={line} onDone={done} />
      ) : (
        <Manage line={line} onRename={() => setRenaming(true)} />
      )}
    </li>
  );
}

function Choose({ line: { id, name, note, outcome, undone } }: { readonly line: BranchLine }) {
  const { chooseBranch } = useRunActions();
  const { pointAtBranch } = useViewActions();
  const isShown = undone !== null;
  return (
    <button
      type="button"
      className="branches__choose"
      aria-current={isShown || undefined}
      onClick={() => {
        pointAtBranch(null);
        if (undone !== 0) chooseBranch(id);
      }}
      onPointerEnter={() => pointAtBranch(id)}
      onPointerLeave={() => pointAtBranch(null)}
      onFocus={() => pointAtBranch(id)}
      onBlur={() => pointAtBranch(null)}
    >
      <b>{name}</b>
      {isShown && <span className="branches__shown">{shownText(undone)}</span>}
      {[note, outcome].map(
        (text) =>
          text !== '' && (
            <span key={text} className="branches__note">
              <Unbroken text={text} />
            </span>
          ),
      )}
    </button>
  );
}

function shownText(undone: number): string {
  if (undone === 0) return 'shown';
  return `shown, ${undone} ${undone === 1 ? 'step' : 'steps'} undone`;
}

function Manage({ line, onRename }: { readonly line: BranchLine; readonly onRename: () => void }) {
  const { dropBranch } = useRunActions();
  const { id, name, undone } = line;
  return (
    <span className="branches__manage">
      <Button look="link" label={`Rename ${name}`} onPress={onRename}>
        Rename
      </Button>
      <Button
        look="link"
        label={`Drop ${name}`}
        unavailable={undone === null ? null : 'It is shown: choose another branch first.'}
        reasonAt="above-end"
        onPress={() => dropBranch(id)}
      >
        Drop
      </Button>
    </span>
  );
}

interface NameFieldProps {
  readonly line: BranchLine;
  /** @param withKey  Enter or Escape ended it. */
  readonly onDone: (withKey: boolean) => void;
}

/** Takes the place of the buttons; Enter or leaving it takes the name, Escape does not. */
function NameField({ line, onDone }: NameFieldProps) {
  const { renameBranch } = useRunActions();
  const [text, setText] = useState(line.typed);
  const take = (): void => {
    if (text.trim() !== line.typed) renameBranch(line.id, text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // Else the same press would open the field again through the button that gets the focus.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') take();
    onDone(true);
  };
  return (
    <input
      className="branches__name"
      type="text"
      dir="auto"
      aria-label={`Name of ${line.name}`}
      maxLength={LONGEST_BRANCH_NAME}
      value={text}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- It takes the place of the button that was pressed.
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        take();
        onDone(false);
      }}
    />
  );
}

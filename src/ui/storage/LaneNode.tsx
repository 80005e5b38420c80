/** A node of a lane, with the cards of its VMs. */
import type { Card, CardState, NodePicture } from '../../state/storagePicture.ts';
import { PauseIcon, PlayIcon, SaveIcon, ShellIcon } from '../shared/icons.tsx';

export function LaneNode({ picture }: { readonly picture: NodePicture }) {
  const { name, tags, cards } = picture;
  return (
    <li className="lane-node">
      <div className="lane-node__head">
        <h3 title={name}>{name}</h3>
        {tags.map(({ kind, text }) => (
          <span key={kind} className={`tag ${kind === 'cut' ? 'lane-node__cut' : 'tag--filled'}`}>
            {text}
          </span>
        ))}
      </div>
      <ul className="lane-node__vms" aria-label={`VMs on ${name}`}>
        {cards.map((card) => (
          <VmCard key={`${card.vm} ${card.state === 'gone'}`} card={card} />
        ))}
      </ul>
    </li>
  );
}

const standing: ReadonlySet<CardState> = new Set(['paused', 'saving', 'saved', 'reading']);

function VmCard({ card }: { readonly card: Card }) {
  const { name, row, state, note, came } = card;
  const names = ['lane-vm', `lane-vm--${state}`];
  if (standing.has(state)) names.push('lane-vm--hatched');
  if (came !== null) names.push(`lane-vm--${came}`);
  return (
    <li className={names.join(' ')} data-row={row} style={{ gridRow: row + 1 }}>
      <Glyph state={state} />
      <b title={name}>{name}</b>
      <span className="lane-vm__note">{note}</span>
    </li>
  );
}

function Glyph({ state }: { readonly state: CardState }) {
  switch (state) {
    case 'running':
    case 'copying':
      return <PlayIcon />;
    case 'saved':
      return <SaveIcon />;
    case 'shell':
    case 'gone':
      return <ShellIcon />;
    default:
      return <PauseIcon />;
  }
}

/** One thing that can be changed in the cluster: what it is, how it stands, and the button that changes it. */
import type { ClusterAction } from '../../state/clusterActions.ts';
import { Button } from '../shared/Button.tsx';

export interface ActionRowProps {
  readonly action: Omit<ClusterAction, 'operation'>;
  readonly onPress: (byKey: boolean) => void;
  /** The choice that the button begins is being made. */
  readonly active?: boolean;
}

export function ActionRow({ action, onPress, active = false }: ActionRowProps) {
  const { about, state, text, label, why } = action;
  return (
    <div className="action-row">
      <span className="action-row__about">
        {about} <b>{state}</b>
      </span>
      <Button
        className="action-row__button"
        look={active ? 'primary' : 'default'}
        label={label}
        unavailable={why}
        reasonAt="below-end"
        onPress={onPress}
      >
        {text}
      </Button>
    </div>
  );
}

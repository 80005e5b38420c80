/** How many LUNs a cluster needs: two steppers, and what follows from them. */
import { useId, useState } from 'react';
import { lunLimits, lunsNeeded, lunsText } from '../../state/lunsNeeded.ts';

export function LunCounter() {
  const headId = useId();
  // Six VMs on two nodes: the question of the lesson.
  const [vms, setVms] = useState(6);
  const [nodes, setNodes] = useState(2);
  const { withoutCsv, withCsv } = lunsNeeded(vms);
  return (
    <section className="luns" aria-labelledby={headId}>
      <h2 id={headId}>LUNs needed</h2>
      <Stepper label="VMs that move alone" value={vms} limits={lunLimits.vms} onChange={setVms} />
      <Stepper label="Nodes" value={nodes} limits={lunLimits.nodes} onChange={setNodes} />
      <dl className="luns__results">
        <div>
          <dt>Without CSV</dt>
          <dd>{withoutCsv}</dd>
        </div>
        <div>
          <dt>With CSV</dt>
          <dd>{withCsv}</dd>
        </div>
      </dl>
      <p className="luns__text" aria-live="polite">
        {lunsText(vms, nodes)}
      </p>
    </section>
  );
}

interface StepperProps {
  readonly label: string;
  readonly value: number;
  readonly limits: { readonly least: number; readonly most: number };
  readonly onChange: (value: number) => void;
}

function Stepper({ label, value, limits: { least, most }, onChange }: StepperProps) {
  return (
    <div className="stepper">
      <span>{label}</span>
      <StepperButton
        name={`Fewer: ${label}`}
        sign="−"
        blocked={value <= least ? `At least ${least}.` : null}
        onPress={() => onChange(value - 1)}
      />
      <output className="stepper__value" aria-label={label}>
        {value}
      </output>
      <StepperButton
        name={`More: ${label}`}
        sign="+"
        blocked={value >= most ? `At most ${most}.` : null}
        onPress={() => onChange(value + 1)}
      />
    </div>
  );
}

interface StepperButtonProps {
  readonly name: string;
  readonly sign: string;
  readonly blocked: string | null;
  readonly onPress: () => void;
}

function StepperButton({ name, sign, blocked, onPress }: StepperButtonProps) {
  return (
    <button
      type="button"
      className="button stepper__button"
      aria-label={name}
      aria-disabled={blocked !== null || undefined}
      title={blocked ?? undefined}
      onClick={blocked === null ? onPress : undefined}
    >
      {sign}
    </button>
  );
}

export interface RefusalProps {
  readonly text: string;
  readonly id?: string;
}

/** Why something was not done, beside its cause. */
export function Refusal({ text, id }: RefusalProps) {
  return (
    <p className="refusal" id={id} role="alert">
      {text}
    </p>
  );
}

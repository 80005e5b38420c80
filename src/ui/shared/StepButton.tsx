/** A button of a transport: a picture, a key that does the same, and why there is nothing to go to. */
import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './Button.tsx';

export interface StepButtonProps {
  readonly label: string;
  readonly keys: string;
  /** Why it cannot be used now, or null. */
  readonly why: string | null;
  readonly onPress: () => void;
  readonly className: string;
  readonly reasonAt: NonNullable<ButtonProps['reasonAt']>;
  readonly children: ReactNode;
}

export function StepButton({ why, children, ...button }: StepButtonProps) {
  return (
    <Button {...button} unavailable={why}>
      {children}
    </Button>
  );
}

/** The question a screen beside the Lab answers, and in one line what is shown for it. */
import { Unbroken } from './Unbroken.tsx';
import './screenTitle.css';

export interface ScreenTitleProps {
  readonly title: string;
  readonly text: string;
}

export function ScreenTitle({ title, text }: ScreenTitleProps) {
  return (
    <div className="screen-title">
      <h1>
        <Unbroken text={title} />
      </h1>
      <p>
        <Unbroken text={text} />
      </p>
    </div>
  );
}

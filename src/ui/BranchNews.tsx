/** Tells screen readers what became of the branches: "A branch was made: the run as it was stays as Branch 1." */
import { useRun } from './shared/lab.tsx';

export function BranchNews() {
  const news = useRun(({ branches }) => branches.news);
  return <output className="visually-hidden">{news}</output>;
}

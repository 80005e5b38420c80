/** The selected VM and its cluster: what can be done, what they do, what was lost, what happened. */
import { at } from '../../base/assert.ts';
import { PageLens } from '../shared/charts/PageLens.tsx';
import { useRun, useView } from '../shared/lab.tsx';
import { BranchList } from './BranchList.tsx';
import { ClusterPanel } from './ClusterPanel.tsx';
import { Log } from './Log.tsx';
import { Losses } from './Losses.tsx';
import { StopRules } from './StopRules.tsx';
import { VmActions } from './VmActions.tsx';
import { Workload } from './Workload.tsx';
import './inspector.css';

export function Inspector() {
  const vm = useView((view) => view.selectedVm);
  return (
    <>
      <VmActions vm={vm} />
      <ClusterPanel vm={vm} />
      <Workload key={`workload ${vm}`} vm={vm} />
      <StopRules key={`stop ${vm}`} vm={vm} />
      <BranchList vm={vm} />
      <Lens vm={vm} />
      <Losses vm={vm} />
      <Log />
    </>
  );
}

export function Lens({ vm }: { readonly vm: number }) {
  const lens = useRun((state) => state.summary?.lens ?? null);
  const memoryMiB = useRun((state) => at(state.scenario.vms, vm).memoryMiB);
  return (
    <section className="panel" aria-labelledby="lens-title">
      <h3 id="lens-title">Under the pointer</h3>
      {lens === null ? (
        <p className="inspector__hint">Point at a cell of a memory map.</p>
      ) : (
        <PageLens lens={lens} memoryMiB={memoryMiB} />
      )}
    </section>
  );
}

/** The selected VM and its cluster: what can be done, what they do, what was lost, what happened. */
import { useView } from '../shared/lab.tsx';
import { Panel } from '../shared/Panel.tsx';
import { BranchList } from './BranchList.tsx';
import { ClusterPanel } from './ClusterPanel.tsx';
import { Lens } from './Lens.tsx';
import { Log } from './Log.tsx';
import { Losses } from './Losses.tsx';
import { StopRules } from './StopRules.tsx';
import { VmActions } from './VmActions.tsx';
import { Workload } from './Workload.tsx';
import './inspector.css';

export function Inspector() {
  const vm = useView((view) => view.selectedVm);
  const isHeld = useView((view) => view.lensHeld);
  return (
    <>
      <VmActions vm={vm} />
      {/* Whoever chose a cell looks for it. */}
      {isHeld && <Lens vm={vm} />}
      <ClusterPanel vm={vm} />
      <Workload key={`workload ${vm}`} vm={vm} />
      <StopRules key={`stop ${vm}`} vm={vm} />
      <BranchList vm={vm} />
      {!isHeld && <Lens vm={vm} />}
      <Losses vm={vm} />
      <Panel name="log">
        <Log />
      </Panel>
    </>
  );
}

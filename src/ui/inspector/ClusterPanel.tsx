/** Nodes and storage: one node and one volume at a time, with everything that can be done to them now. */
import { useState } from 'react';
import {
  kindAction,
  networkAction,
  nodeActions,
  pathAction,
  whyNotGiven,
  type ClusterAction,
} from '../../state/clusterActions.ts';
import { firstChoice } from '../../state/choosing.ts';
import { nodeName, volumeName, volumeOfVm } from '../../state/names.ts';
import { votesText } from '../../state/quorumWords.ts';
import type { RunState } from '../../state/runStore.ts';
import { nodeOfVm, nodeStateOf, quorumOf, volumeOf } from '../../state/selectors.ts';
import { useRun, useRunActions, useView } from '../shared/lab.tsx';
import { useChoosing } from '../shared/useChoosing.ts';
import { ActionRow } from './ActionRow.tsx';
import { SelectRow } from './SelectRow.tsx';

export function ClusterPanel({ vm }: { readonly vm: number }) {
  const trouble = useRun(troubleText);
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="panel" aria-labelledby="cluster-title">
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="cluster__summary">
          <h3 id="cluster-title">Nodes and storage</h3>
          <span className="cluster__trouble">{trouble}</span>
        </summary>
        {/* Closed it reads nothing: summaries come ten times a second. */}
        {isOpen && <ClusterParts key={vm} vm={vm} />}
      </details>
    </section>
  );
}

/** Begins with the node and the volume of the VM, and stays with them when the VM moves. */
function ClusterParts({ vm }: { readonly vm: number }) {
  const home = useRun((state) => nodeOfVm(state, vm));
  const disk = useRun((state) => volumeOfVm(state.scenario, vm));
  const nodes = useRun((state) => state.scenario.nodes.length);
  const volumes = useRun((state) => state.scenario.volumes.length);
  const [node, chooseNode] = useState(home);
  const [volume, chooseVolume] = useState(disk);
  const nodeShown = node < nodes ? node : home;
  const volumeShown = volume < volumes ? volume : disk;
  return (
    <>
      <NodePart node={nodeShown} onChoose={chooseNode} />
      {volumeShown >= 0 && (
        <VolumePart volume={volumeShown} node={nodeShown} onChoose={chooseVolume} />
      )}
      <AllNodesPart />
    </>
  );
}

/** What is not as it should be, in few words. */
function troubleText(state: RunState): string {
  const { nodes } = state.scenario;
  if (quorumOf(state)?.has === false) return 'no quorum';
  const down = nodes.filter((_, node) => !nodeStateOf(state, node).up).map(({ name }) => name);
  if (down.length === 0) return '';
  return down.length === 1 ? `${down[0] ?? ''} is down` : `${down.length} nodes are down`;
}

interface NodePartProps {
  readonly node: number;
  readonly onChoose: (node: number) => void;
}

function NodePart({ node, onChoose }: NodePartProps) {
  const names = useRun((state) => namesByPlace(state.scenario.nodes));
  const actions = useRun((state) => nodeActions(state, node));
  return (
    <div className="cluster__part">
      <SelectRow
        label="Node"
        value={String(node)}
        names={names}
        onChoose={(place) => onChoose(Number(place))}
      />
      <Actions actions={actions} />
    </div>
  );
}

interface VolumePartProps {
  readonly volume: number;
  readonly node: number;
  readonly onChoose: (volume: number) => void;
}

function VolumePart({ volume, node, onChoose }: VolumePartProps) {
  const names = useRun((state) => namesByPlace(state.scenario.volumes));
  const kind = useRun((state) => kindAction(state, volume));
  const path = useRun((state) => pathAction(state, node, volume));
  return (
    <div className="cluster__part">
      <SelectRow
        label="Volume"
        value={String(volume)}
        names={names}
        onChoose={(place) => onChoose(Number(place))}
      />
      <OwnerRow volume={volume} />
      <Actions actions={path === null ? [kind] : [kind, path]} />
    </div>
  );
}

function OwnerRow({ volume }: { readonly volume: number }) {
  const choosing = useChoosing();
  const action = useRun((state) => ownerAction(state, volume));
  const isChoosing = useView(
    ({ choosing: now }) => now?.what === 'volume' && now.volume === volume,
  );
  return (
    <ActionRow
      action={action}
      active={isChoosing}
      onPress={(byKey) => choosing.toggle({ what: 'volume', volume }, isChoosing, byKey)}
    />
  );
}

function ownerAction(state: RunState, volume: number): Omit<ClusterAction, 'operation'> {
  const { kind, owner } = volumeOf(state, volume);
  const name = volumeName(state.scenario, volume);
  const canGo = firstChoice(state, { what: 'volume', volume }, 0) !== null;
  return {
    about: kind === 'csv' ? 'Coordinator' : 'Owner',
    state: owner < 0 ? 'nobody' : nodeName(state.scenario, owner),
    text: 'Move…',
    label: kind === 'csv' ? `Move the coordinator of ${name}…` : `Move ${name}…`,
    why: whyNotGiven(state, volume) ?? (canGo ? null : `No other node can have ${name}.`),
  };
}

function AllNodesPart() {
  const network = useRun(networkAction);
  const quorum = useRun(quorumOf);
  return (
    <div className="cluster__part">
      <Actions actions={[network]} />
      {quorum !== null && <p className="inspector__note">{votesText(quorum)}</p>}
    </div>
  );
}

function Actions({ actions }: { readonly actions: readonly ClusterAction[] }) {
  const { operate } = useRunActions();
  return actions.map((action) => (
    <ActionRow key={action.about} action={action} onPress={() => operate(action.operation)} />
  ));
}

function namesByPlace(list: readonly { readonly name: string }[]): Record<string, string> {
  return Object.fromEntries(list.map(({ name }, place) => [String(place), name]));
}

/** The volumes below the nodes, each a cylinder with the virtual hard disks on it. */
import { at } from '../../base/assert.ts';
import { nodeName } from '../../state/sentence.ts';
import { DiskFileIcon } from '../shared/icons.tsx';
import { useRun, useRunState, useView } from '../shared/lab.tsx';

export function Volumes({ plain = false }: { readonly plain?: boolean }) {
  const count = useRun((state) => state.scenario.volumes.length);
  return (
    <ul className="volumes" aria-label="Storage">
      {Array.from({ length: count }, (_, volume) => (
        <Volume key={volume} volume={volume} plain={plain} />
      ))}
    </ul>
  );
}

function Volume({ volume, plain }: { readonly volume: number; readonly plain: boolean }) {
  const { scenario, summary } = useRunState();
  const selectedVm = useView((view) => view.selectedVm);
  const spec = at(scenario.volumes, volume);
  const owner =
    summary?.volumeOwners[volume] ?? scenario.nodes.findIndex(({ id }) => id === spec.owner);
  const note =
    spec.kind === 'csv'
      ? plain
        ? 'all virtual hard disks stay here, every node can open them'
        : 'LUN on the SAN, open to all nodes'
      : `LUN on the SAN, owner ${nodeName(scenario, owner)}`;
  return (
    <li className={plain ? 'volume volume--plain' : 'volume'}>
      <p className="volume__title">
        <b>{spec.name}</b> <span>{note}</span>
      </p>
      {!plain && (
        <ul className="volume__files" aria-label={`Virtual hard disks on ${spec.name}`}>
          {scenario.vms.map(
            (vm, index) =>
              vm.volume === spec.id && (
                <li key={vm.id} className={index === selectedVm ? 'vhd vhd--selected' : 'vhd'}>
                  <DiskFileIcon filled={index === selectedVm} />
                  {vm.name}.vhd
                </li>
              ),
          )}
        </ul>
      )}
    </li>
  );
}

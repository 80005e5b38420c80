/** The volumes below the nodes, each a cylinder with the virtual hard disks on it. */
import { at } from '../../base/assert.ts';
import { nodeName } from '../../state/sentence.ts';
import { DiskFileIcon } from '../shared/icons.tsx';
import { useRun, useView } from '../shared/lab.tsx';

/** More of them scroll, and more files than these on one volume too. */
const VOLUMES_SHOWN = 4;
const FILES_SHOWN = 8;

export function Volumes({ plain = false }: { readonly plain?: boolean }) {
  const count = useRun((state) => state.scenario.volumes.length);
  return (
    <ul
      className={count > VOLUMES_SHOWN ? 'volumes volumes--many' : 'volumes'}
      aria-label="Storage"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
      tabIndex={count > VOLUMES_SHOWN ? 0 : undefined}
    >
      {Array.from({ length: count }, (_, volume) => (
        <Volume key={volume} volume={volume} plain={plain} />
      ))}
    </ul>
  );
}

function Volume({ volume, plain }: { readonly volume: number; readonly plain: boolean }) {
  const scenario = useRun((state) => state.scenario);
  const selected = scenario.vms[useView((view) => view.selectedVm)]?.id;
  const spec = at(scenario.volumes, volume);
  const files = scenario.vms.filter((vm) => vm.volume === spec.id);
  const owner = useRun(
    ({ summary }) =>
      summary?.volumeOwners[volume] ?? scenario.nodes.findIndex(({ id }) => id === spec.owner),
  );
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
        <ul
          className="volume__files"
          aria-label={`Virtual hard disks on ${spec.name}`}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
          tabIndex={files.length > FILES_SHOWN ? 0 : undefined}
        >
          {files.map(({ id, name }) => (
            <li key={id} className={id === selected ? 'vhd vhd--selected' : 'vhd'}>
              <DiskFileIcon filled={id === selected} />
              {name}.vhd
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

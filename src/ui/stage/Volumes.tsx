/** The volumes below the nodes, each a cylinder with the virtual hard disks and the saved memories on it; beside them the disk witness. */
import { vmName, volumeName } from '../../state/names.ts';
import { at } from '../../base/assert.ts';
import { DiskFileIcon, SaveFileIcon } from '../shared/icons.tsx';
import { quorumOf } from '../../state/selectors.ts';
import { useRun, useView } from '../shared/lab.tsx';
import { Witness } from './Witness.tsx';
import { isDashed, saveFiles, volumeNote, type SaveFile } from './volumeWords.ts';

/** More of them scroll, and more files than these on one volume too. */
const VOLUMES_SHOWN = 6;
const FILES_SHOWN = 8;

export interface VolumesProps {
  readonly plain?: boolean;
  /** All side by side, so that lines reach them from above. */
  readonly inOneRow: boolean;
}

export function Volumes({ plain = false, inOneRow }: VolumesProps) {
  const count = useRun((state) => state.scenario.volumes.length);
  const hasWitness = useRun((state) => typeof quorumOf(state)?.witness === 'boolean');
  const isLong = count > VOLUMES_SHOWN;
  const names = ['volumes'];
  if (isLong) names.push('volumes--many');
  return (
    <ul
      className={names.join(' ')}
      style={inOneRow ? { gridTemplateColumns: columnsOf(count, hasWitness) } : undefined}
      aria-label="Storage"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
      tabIndex={isLong ? 0 : undefined}
    >
      {Array.from({ length: count }, (_, volume) => (
        <Volume key={volume} volume={volume} plain={plain} />
      ))}
      <Witness />
    </ul>
  );
}

/** All volumes alike, the witness as wide as its words. */
function columnsOf(volumes: number, hasWitness: boolean): string {
  const alike = volumes === 0 ? '' : `repeat(${volumes}, minmax(0, 1fr))`;
  return hasWitness ? `${alike} auto` : alike;
}

function Volume({ volume, plain }: { readonly volume: number; readonly plain: boolean }) {
  const name = useRun((state) => volumeName(state.scenario, volume));
  const note = useRun((state) => volumeNote(state, volume, plain));
  const dashed = useRun((state) => isDashed(state, volume));
  const names = ['volume'];
  if (plain) names.push('volume--plain');
  if (dashed) names.push('volume--dashed');
  return (
    <li className={names.join(' ')} data-volume={volume}>
      <div className="volume__inner">
        <p className="volume__title">
          <b title={name}>{name}</b> <span title={note}>{note}</span>
        </p>
        {!plain && <Files volume={volume} name={name} />}
      </div>
    </li>
  );
}

function Files({ volume, name }: { readonly volume: number; readonly name: string }) {
  const selected = useView((view) => view.selectedVm);
  const vms = useRun(({ scenario }) =>
    scenario.vms.flatMap((vm, index) =>
      vm.volume === at(scenario.volumes, volume).id
        ? [{ index, id: vm.id, name: vmName(scenario, index) }]
        : [],
    ),
  );
  const saved = useRun((state) => saveFiles(state, volume));
  return (
    <ul
      className="volume__files"
      aria-label={`Files on ${name}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
      tabIndex={vms.length + saved.length > FILES_SHOWN ? 0 : undefined}
    >
      {vms.map((vm) => (
        <FilesOfVm
          key={vm.id}
          name={vm.name}
          selected={vm.index === selected}
          file={saved.find((each) => each.vm === vm.index) ?? null}
        />
      ))}
    </ul>
  );
}

interface FilesOfVmProps {
  readonly name: string;
  readonly selected: boolean;
  readonly file: SaveFile | null;
}

/** The disk of a VM, and its memory beside it once that is being saved. */
function FilesOfVm({ name, selected, file }: FilesOfVmProps) {
  return (
    <li className={selected ? 'vhd vhd--selected' : 'vhd'}>
      <DiskFileIcon filled={selected} />
      <span className="vhd__name" title={`${name}.vhd`}>
        {name}.vhd
      </span>
      {file !== null && (
        <span className="save-file">
          <SaveFileIcon share={file.share} />
          <span className="save-file__word">memory</span> {file.note}
        </span>
      )}
    </li>
  );
}

import { Choice } from './Choice.tsx';
import { useView, useViewActions } from './lab.tsx';

const modes = [
  { value: 'state', text: 'State' },
  { value: 'content', text: 'Content' },
] as const;

/** Cells by their state, or every page as one tone of a picture that belongs to the VM. */
export function MapModeChoice() {
  const mapMode = useView((view) => view.mapMode);
  const { setMapMode } = useViewActions();
  return (
    <Choice
      label="What the maps show"
      options={modes}
      value={mapMode}
      onChoose={setMapMode}
      small
    />
  );
}

/** The way back for everyone who opens a link with panels left out; nothing while all are there. */
import { Button } from './Button.tsx';
import { useView, useViewActions } from './lab.tsx';

export function ShowAllPanels() {
  const count = useView(({ hidden }) => hidden.length);
  const { setHidden } = useViewActions();
  if (count === 0) return null;
  return (
    <Button look="link" onPress={() => setHidden([])}>
      Show all panels
    </Button>
  );
}

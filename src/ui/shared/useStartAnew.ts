import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { useRecentActions, useViewActions } from './lab.tsx';

/** A new cluster at the start, with its editor open: nothing of what was shown before is in sight, not even behind the editor. */
export function useStartAnew(): () => void {
  const { startAnew } = useRecentActions();
  const { selectVm, setEditorOpen } = useViewActions();
  const [, navigate] = useLocation();
  return useCallback(() => {
    startAnew();
    selectVm(0);
    navigate('/');
    setEditorOpen(true, 'new');
  }, [startAnew, selectVm, navigate, setEditorOpen]);
}

/** A part of the Lab that can be left out. */
import type { ReactNode } from 'react';
import type { Panel as PanelName } from '../../scenario/link/linkView.ts';
import { useView } from './lab.tsx';

export function useHidden(panel: PanelName): boolean {
  return useView(({ hidden }) => hidden.includes(panel));
}

export function Panel({
  name,
  children,
}: {
  readonly name: PanelName;
  readonly children: ReactNode;
}) {
  return useHidden(name) ? null : children;
}

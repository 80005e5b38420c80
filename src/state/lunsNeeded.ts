/** How many LUNs a cluster needs so that each of its VMs can move alone. Source: facts C1. */

export interface LunsNeeded {
  /** The LUN is the smallest thing that moves: each VM has one for itself. */
  readonly withoutCsv: number;
  /** One volume serves every VM, wherever it runs. */
  readonly withCsv: number;
}

/** @param vms  VMs that are to move alone. The number of nodes makes no difference. */
export function lunsNeeded(vms: number): LunsNeeded {
  return { withoutCsv: vms, withCsv: Math.min(vms, 1) };
}

/** Limits of the two steppers. Chosen so that the numbers can be counted on the screen; 16 nodes as in facts A2. */
export const lunLimits = {
  vms: { least: 1, most: 12 },
  nodes: { least: 2, most: 16 },
} as const;

/** What follows from the numbers: without CSV the LUNs follow the VMs, and not the nodes. */
export function lunsText(vms: number, nodes: number): string {
  const { withoutCsv } = lunsNeeded(vms);
  const luns = withoutCsv === 1 ? '1 LUN' : `${withoutCsv} LUNs`;
  const alone = vms === 1 ? '1 VM that moves alone needs' : `${vms} VMs that move alone need`;
  const other = nodes === lunLimits.nodes.most ? lunLimits.nodes.least : lunLimits.nodes.most;
  return `${alone} ${luns} on ${nodes} nodes, and ${luns} on ${other} nodes: LUNs follow the VMs, not the nodes.`;
}

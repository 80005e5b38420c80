/** A record that holds the bound on events at every event: a cluster that goes in circles at one instant is caught there. Rule SI6. */
import { invariant } from '../../src/base/assert.ts';
import type { ClusterEvent } from '../../src/engine/clusterEvent.ts';
import { RunRecord } from '../../src/engine/recording/runRecord.ts';
import type { Scenario } from '../../src/engine/scenario.ts';

/** Rule SI6: besides the rounds. @param things VMs and volumes. */
function mostEvents(commands: number, things: number): number {
  return 4 * (commands + 1) * (things + 1) ** 2;
}

export class BoundedRecord extends RunRecord {
  readonly #things: number;
  /** Given so far. */
  commands: number;
  rounds = 0;
  /** Events that are no rounds. */
  others = 0;

  constructor({ vms, volumes, commands }: Scenario) {
    super();
    this.#things = vms.length + volumes.length;
    this.commands = commands.length;
  }

  /** How much of what is allowed has happened. */
  get share(): number {
    return this.others / mostEvents(this.commands, this.#things);
  }

  override event(event: ClusterEvent): void {
    super.event(event);
    if (event.kind === 'round-started') this.rounds++;
    else this.others++;
    invariant(this.share <= 1, `${this.others} events of ${this.commands} commands: ${event.text}`);
  }
}

/** A browser as the comparison needs it, with one page. */
export interface Engine {
  readonly name: string;
  /** Errors of the console and of the page, since the start. */
  readonly faults: readonly string[];
  /** Loads the page anew. */
  open(address: string): Promise<void>;
  /** Runs in the page: the task is sent as text. */
  evaluate<Argument, Result>(
    task: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Presses the middle of the one element that fits the selector. */
  click(selector: string): Promise<void>;
  press(key: '9'): Promise<void>;
  close(): Promise<void>;
}

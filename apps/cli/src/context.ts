import type { Output } from './output.ts';

/** What every command is given. */
export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly output: Output;
  /** The work was done and its outcome is bad: exit 1 beside a result. */
  readonly outcomeIsBad: () => void;
}

import { z } from 'zod';

/** A step as a service offers it with a record: open, or closed with the reason. */
export interface OfferedStep<Step extends string> {
  readonly step: Step;
  readonly open: boolean;
  readonly reason: { readonly code: string; readonly message: string } | null;
}

/** What the caller can do with a record now, by the rule of each step’s own command, and why not. */
export const stepsOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.array(
    z.object({
      step: z.enum(names),
      open: z.boolean(),
      reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  );

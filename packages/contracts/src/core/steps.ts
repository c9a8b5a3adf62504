import { z } from 'zod';

/** What the caller can do with a record now, by the rule of each step’s own command, and why not. */
export const stepsOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.array(
    z.object({
      step: z.enum(names),
      open: z.boolean(),
      reason: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  );

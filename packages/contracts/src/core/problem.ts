import { z } from 'zod';

/** RFC 9457 problem details. `code` is stable, `detail` is in the reader's language, `instance` is the number to quote. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    /** Where the input is wrong: a path into it and what to do; of a batch, each record that cannot be done and why. */
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** On 409: the version the record has now. */
    current: z.unknown().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;

/** A refusal received from the platform. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.title} ${problem.detail}`.trim());
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

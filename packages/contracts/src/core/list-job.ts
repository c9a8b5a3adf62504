import { z } from 'zod';
import { call, type Connection, type Input } from './client.ts';
import { Uuid } from './common.ts';
import { everyService, type Job } from './every-service.ts';
import type { Operation } from './operation.ts';
import { ProblemError } from './problem.ts';

/** The answer of an upload that is worked off by a job: what it comes to is the job's result. */
export const JobOrdered = z.object({ jobId: Uuid }).meta({ id: 'JobOrdered' });
export type JobOrdered = z.output<typeof JobOrdered>;

/** An operation whose work is done by a job. */
export type Ordering<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Operation<
  P,
  Q,
  B,
  typeof JobOrdered
>;

/** Short work is asked after soon, long work ever more rarely. */
const FIRST_ASK_MS = 25;
const LAST_ASK_MS = 1_000;

/** The error of a job that did not end well. */
export function jobError({ problem, state, id }: Job): ProblemError {
  const { code, title } = problem ?? { code: state.toUpperCase(), title: state };
  return new ProblemError({
    type: `urn:bangfu:problem:${code}`,
    title,
    status: 422,
    code,
    detail: title,
    instance: id,
  });
}

/**
 * Orders a job and waits for what it comes to.
 * @param onProgress told of the job each time it was asked for
 * @throws ProblemError when the operation or its job is refused
 */
export async function callJob<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  connection: Connection,
  op: Ordering<P, Q, B>,
  outcome: R,
  input: Input<z.input<P>, z.input<Q>, z.input<B>>,
  onProgress: (job: Job) => void = () => undefined,
): Promise<z.output<R>> {
  if (op.owner === 'gateway') throw new Error(`${op.id} orders no job`);
  const { getJob } = everyService(op.owner);
  const { jobId } = await call(connection, op, input);
  for (let pauseMs = FIRST_ASK_MS; ; pauseMs = Math.min(LAST_ASK_MS, pauseMs * 1.5)) {
    const job = await call(connection, getJob, { params: { jobId }, ...(input.signal && { signal: input.signal }) });
    onProgress(job);
    if (job.state === 'done') return outcome.parse(job.result);
    if (job.endedAt !== null) throw jobError(job);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

import { type Connection, call, send } from '@bangfu/contracts/core/client';
import { everyService, Job } from '@bangfu/contracts/core/every-service';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Context } from './context.ts';
import { CliError } from './errors.ts';
import { createProgress } from './progress.ts';

const { getJob, watchJob, cancelJob } = everyService('identification');

const POLL_MS = 500;
/** A service that died is restarted and its jobs resume; only a platform away for longer ends the waiting. */
const PATIENCE_MS = 120_000;
/** Package managers pass one Ctrl-C on twice, milliseconds apart. */
const SECOND_INTERRUPT_MS = 1_000;

type Seen = (job: Job) => void;

/** Follows a job's live stream. @returns its last state, or null when the stream ended before the job */
async function follow(connection: Connection, jobId: string, seen: Seen): Promise<Job | null> {
  const answer = await send(connection, watchJob, { params: { jobId } });
  if (!answer.body) return null;
  const events = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const event of events) {
    const job = Job.parse(JSON.parse(event.data));
    seen(job);
    if (job.endedAt !== null) return job;
  }
  return null;
}

const isPassing = (error: unknown) =>
  error instanceof ProblemError
    ? error.problem.status >= 502
    : error instanceof TypeError || (error instanceof CliError && error.code === 'NOT_REACHABLE');

async function untilEnded(connection: Connection, jobId: string, seen: Seen): Promise<Job> {
  let answeredAt = Date.now();
  for (;;) {
    const ended = await follow(connection, jobId, seen).catch(() => null);
    if (ended) return ended;
    try {
      const job = await call(connection, getJob, { params: { jobId } });
      answeredAt = Date.now();
      seen(job);
      if (job.endedAt !== null) return job;
    } catch (error) {
      if (!isPassing(error) || Date.now() - answeredAt > PATIENCE_MS) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** On Ctrl-C the job is asked to end; a second one leaves at once. */
async function cancellable<T>(context: Context, cancel: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  let first: number | null = null;
  const interrupted = () => {
    if (first === null) {
      first = Date.now();
      context.output.note('正在取消任务；再按一次 Ctrl-C 直接离开');
      cancel().catch(() => context.output.note('取消的请求没有送达'));
    } else if (Date.now() - first > SECOND_INTERRUPT_MS) {
      process.exit(130);
    }
  };
  process.on('SIGINT', interrupted);
  try {
    return await work();
  } finally {
    process.off('SIGINT', interrupted);
  }
}

function failure(job: Job): Error {
  if (job.state === 'cancelled') return new CliError('JOB_CANCELLED');
  if (!job.problem) return new CliError('JOB_FAILED');
  const { code, title } = job.problem;
  const type = `urn:bangfu:problem:${code}`;
  return new ProblemError({ type, title, status: 422, code, detail: title, instance: job.id });
}

/**
 * Waits for a job of the identification service with its progress on standard error.
 * @returns what it ended with @throws ProblemError with the job's own problem, CliError JOB_CANCELLED
 */
export async function waitForJob(context: Context, connection: Connection, jobId: string): Promise<unknown> {
  const progress = createProgress(context.output.streams.stderr, () => performance.now());
  const cancel = () => call(connection, cancelJob, { params: { jobId }, body: {} });
  const job = await cancellable(context, cancel, () => untilEnded(connection, jobId, progress.show)).finally(
    progress.end,
  );
  if (job.state !== 'done') throw failure(job);
  return job.result;
}

import type { Input } from '@bangfu/contracts/core/client';
import { everyService, type Job } from '@bangfu/contracts/core/every-service';
import { jobError, type Ordering } from '@bangfu/contracts/core/list-job';
import { type ServiceName, SERVICES } from '@bangfu/contracts/core/operation';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { useCommand } from './data.ts';
import { useLiveJob } from './live-job.ts';
import { useRefused } from './refused.ts';

/** A list on its way: sent, worked off, and what it came to. */
export interface ListJob<Asked, Outcome> {
  readonly send: (input: Asked) => void;
  /** While it is sent or worked off. */
  readonly isPending: boolean;
  readonly job: Job | undefined;
  readonly cancel: () => void;
  readonly outcome: Outcome | undefined;
  readonly error: Error | null;
  /** Forgets it, for another. */
  readonly reset: () => void;
}

const isService = (owner: string): owner is ServiceName => (SERVICES as readonly string[]).includes(owner);

/**
 * Sends a list to an operation that works it off by a job, and follows the job.
 * @param outcome what the job ends with, as the contract names it
 */
export function useListJob<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  op: Ordering<P, Q, B>,
  outcome: R,
): ListJob<Input<z.input<P>, z.input<Q>, z.input<B>>, z.output<R>> {
  const service = isService(op.owner) ? op.owner : 'identification';
  const [jobId, setJobId] = useState<string | null>(null);
  const upload = useCommand(op, { onDone: (answer) => setJobId(answer.jobId) });
  const cancel = useCommand(everyService(service).cancelJob);
  const job = useLiveJob(service, jobId);
  const refused = useRefused();
  const found = useMemo(() => (job?.state === 'done' ? outcome.parse(job.result) : undefined), [job, outcome]);
  const hasFailed = job !== undefined && job.endedAt !== null && job.state !== 'done';
  return {
    send(input) {
      setJobId(null);
      upload.mutate(input);
    },
    isPending: upload.isPending || (jobId !== null && !job?.endedAt),
    job,
    cancel: () => jobId !== null && cancel.mutate({ params: { jobId }, body: {} }, refused),
    outcome: found,
    error: upload.error ?? (hasFailed ? jobError(job) : null),
    reset() {
      setJobId(null);
      upload.reset();
    },
  };
}

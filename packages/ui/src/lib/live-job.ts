import { linkTo } from '@bangfu/contracts/core/client';
import { everyService, Job } from '@bangfu/contracts/core/every-service';
import type { ServiceName } from '@bangfu/contracts/core/operation';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { operationKey, useOperation } from './data.ts';

/** Where the stream cannot be had, as behind a proxy that holds it back, the job is asked for this often. */
const ASK_EVERY_MS = 2_000;

/**
 * A job as it goes on, by server-sent events; what its service told of before is asked again when it has ended.
 * @param jobId null while there is no job to follow
 */
export function useLiveJob(service: ServiceName, jobId: string | null): Job | undefined {
  // The same ones each time: others would open the stream again whenever the page is drawn.
  const { getJob, watchJob } = useMemo(() => everyService(service), [service]);
  const client = useQueryClient();
  const [isCutOff, setCutOff] = useState(false);
  const params = { jobId: jobId ?? '' };
  const options = { enabled: jobId !== null, refetchInterval: isCutOff ? ASK_EVERY_MS : (false as const) };
  const job = useOperation(getJob, { params }, options).data;

  useEffect(() => {
    if (jobId === null) return;
    const input = { params: { jobId } };
    const stream = new EventSource(linkTo(watchJob, input));
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      const told = Job.parse(JSON.parse(data));
      client.setQueryData(operationKey(getJob, input), told);
      if (told.endedAt === null) return;
      stream.close();
      void client.invalidateQueries({ queryKey: [service] });
    };
    // A line that broke is taken up again by the browser; only a refusal closes the stream for good.
    stream.onerror = () => setCutOff(stream.readyState === EventSource.CLOSED);
    return () => stream.close();
  }, [client, getJob, jobId, service, watchJob]);
  return jobId === null ? undefined : job;
}

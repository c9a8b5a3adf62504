import { everyService, type Job } from '@bangfu/contracts/core/every-service';
import { SERVICES, type ServiceName } from '@bangfu/contracts/core/operation';
import { jobFigures } from '@bangfu/ui/app-frame';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ProgressLine } from '@bangfu/ui/progress';
import { serviceAddress, serviceText } from '@bangfu/ui/shell-types';
import { Empty, Loading } from '@bangfu/ui/states';
import { ExclamationCircleFilled } from '@ant-design/icons';
import { App, Button } from 'antd';
import { Absent } from '../absent.tsx';
import { useOffered } from '../offered.ts';
import type { TextKey } from '../texts.zh-CN.ts';
import './jobs.css';

interface OwnedJob extends Job {
  readonly service: ServiceName;
}

const FOLLOW_MS = 2_000;
const isOpen = (job: Job) => job.state === 'waiting' || job.state === 'running';

const useJobsOf = (service: ServiceName) =>
  useOperation(everyService(service).listJobs, {}, { refetchInterval: FOLLOW_MS });

/** The person's jobs of all five services; a service that does not answer is known by its name. */
function useAllJobs() {
  const lists = {
    identification: useJobsOf('identification'),
    pairing: useJobsOf('pairing'),
    industry: useJobsOf('industry'),
    training: useJobsOf('training'),
    evaluation: useJobsOf('evaluation'),
  };
  const jobs = SERVICES.flatMap((service): OwnedJob[] =>
    (lists[service].data?.rows ?? []).map((job) => ({ ...job, service })),
  );
  return {
    jobs: jobs.sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.createdAt.localeCompare(a.createdAt)),
    absent: SERVICES.filter((service) => lists[service].isError),
    isLoading: SERVICES.some((service) => lists[service].isPending),
  };
}

/** Long work of all services: what runs, with progress and cancel, then what ended. */
export function Component() {
  const t = useText<TextKey>();
  const { jobs, absent, isLoading } = useAllJobs();
  return (
    <Page title={t('place.jobs')} subtitle={t('jobs.subtitle')} help={t('jobs.help')}>
      <Absent services={absent} />
      <div className="bf-surface">
        {jobs.length > 0 ? (
          <ul className="jobs" aria-label={t('jobs.list')}>
            {jobs.map((job) => (
              <JobLine key={job.id} job={job} />
            ))}
          </ul>
        ) : isLoading ? (
          <Loading />
        ) : (
          <Empty title={t('jobs.empty')} hint={t('jobs.emptyHint')} />
        )}
      </div>
    </Page>
  );
}

function JobLine({ job }: { readonly job: OwnedJob }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { message } = App.useApp();
  const offered = useOffered();
  const service = ui(serviceText(job.service));
  const cancel = useCommand(everyService(job.service).cancelJob, {
    onDone: () => void message.success(t('jobs.cancelled')),
  });
  return (
    <li className="jobs__one">
      <div className="jobs__what">
        <h2>{job.title}</h2>
        <p>
          {offered(job.service) ? (
            <a href={serviceAddress(job.service)} aria-label={t('jobs.open', { service })}>
              {service}
            </a>
          ) : (
            <span>{service}</span>
          )}
          <time dateTime={job.createdAt}>{t('jobs.begun', { moment: formatMoment(job.createdAt) })}</time>
          {job.endedAt && <time dateTime={job.endedAt}>{t('jobs.ended', { moment: formatMoment(job.endedAt) })}</time>}
        </p>
        {job.state === 'running' && <ProgressLine {...jobFigures(job)} label={job.title} />}
        {job.problem && (
          <p className="jobs__problem">
            {job.state === 'failed' && <ExclamationCircleFilled aria-hidden="true" />} {job.problem.title}
          </p>
        )}
        {cancel.isError && <ProblemPanel problem={problemOf(cancel.error)} />}
      </div>
      <span className={`jobs__state jobs__state--${job.state}`}>{t(`jobs.state.${job.state}`)}</span>
      {isOpen(job) && (
        <Button
          loading={cancel.isPending}
          aria-label={t('jobs.cancelOf', { title: job.title })}
          onClick={() => cancel.mutate({ params: { jobId: job.id }, body: {} })}
        >
          {t('jobs.cancel')}
        </Button>
      )}
    </li>
  );
}

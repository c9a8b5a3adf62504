import { ClockCircleOutlined, CloseOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useUiText } from './lib/i18n.ts';
import { ProgressLine } from './progress.tsx';
import { Empty } from './states.tsx';
import './job-tray.css';

interface JobCommon {
  readonly id: string;
  /** Verb and object: "导入农户花名册". */
  readonly title: string;
}

/** Work that goes on without its page. */
export type Job =
  | (JobCommon & { readonly state: 'queued' })
  | (JobCommon & {
      readonly state: 'working';
      readonly done: number;
      readonly total?: number;
      readonly ratePerSecond?: number;
      readonly secondsLeft?: number;
    })
  | (JobCommon & { readonly state: 'done'; readonly result?: { readonly label: string; readonly href: string } })
  | (JobCommon & { readonly state: 'failed'; readonly message: string })
  | (JobCommon & { readonly state: 'cancelled' });

interface JobTrayProps {
  readonly jobs: readonly Job[];
  readonly onCancel?: (id: string) => void;
  readonly onDismiss?: (id: string) => void;
}

const isRunning = (job: Job) => job.state === 'queued' || job.state === 'working';

function JobLine({ job, onCancel, onDismiss }: Omit<JobTrayProps, 'jobs'> & { readonly job: Job }) {
  const t = useUiText();
  const running = isRunning(job);
  const remove = running ? onCancel : onDismiss;
  const removeText = t(running ? 'jobs.cancel' : 'jobs.dismiss');
  return (
    <li className="bf-job">
      <div className="bf-job__head">
        <strong>{job.title}</strong>
        <span className={`bf-job__state bf-job__state--${job.state}`}>{t(`jobs.${job.state}`)}</span>
        {remove && (
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={`${removeText} ${job.title}`}
            title={removeText}
            onClick={() => remove(job.id)}
          />
        )}
      </div>
      {job.state === 'working' && <ProgressLine {...job} label={job.title} />}
      {job.state === 'failed' && (
        <div className="bf-job__message">
          <ExclamationCircleFilled aria-hidden="true" /> {job.message}
        </div>
      )}
      {job.state === 'done' && job.result && <a href={job.result.href}>{job.result.label}</a>}
    </li>
  );
}

/** The top bar's tray of long work: progress, cancel, result. */
export function JobTray({ jobs, ...actions }: JobTrayProps) {
  const t = useUiText();
  const running = jobs.filter(isRunning).length;
  const label = t('jobs.running', { count: running });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('jobs.title')}
      content={
        <div className="bf-jobs" aria-live="polite">
          {jobs.length === 0 ? (
            <Empty title={t('jobs.none')} hint={t('jobs.noneHint')} small />
          ) : (
            <ul className="bf-jobs__list">
              {jobs.map((job) => (
                <JobLine key={job.id} job={job} {...actions} />
              ))}
            </ul>
          )}
        </div>
      }
    >
      <button type="button" className="bf-top__icon" aria-label={label} title={label}>
        <Badge count={running} size="small" color="var(--ant-color-primary)">
          <ClockCircleOutlined />
        </Badge>
      </button>
    </Popover>
  );
}

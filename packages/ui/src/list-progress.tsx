import { Alert, Button, Flex } from 'antd';
import { problemOf } from './lib/data.ts';
import { useUiText } from './lib/i18n.ts';
import type { ListJob } from './lib/list-job.ts';
import { ProblemPanel } from './problem.tsx';
import { ProgressLine } from './progress.tsx';

/** How far a list is that was sent, with a way to cancel it; why it was refused. Nothing when neither is so. */
export function ListProgress({
  list,
  onRetry,
}: {
  readonly list: Pick<ListJob<never, unknown>, 'job' | 'isPending' | 'error' | 'cancel'>;
  readonly onRetry?: () => void;
}) {
  const t = useUiText();
  const { job, isPending, error } = list;
  if (error && job?.state === 'cancelled') {
    const again = onRetry && { action: <Button onClick={onRetry}>{t('import.chooseAgain')}</Button> };
    return <Alert type="info" showIcon title={problemOf(error).title} {...again} />;
  }
  if (error) {
    const again = onRetry && { onRetry, retry: t('import.chooseAgain') };
    return <ProblemPanel problem={problemOf(error)} next={t('import.refused')} {...again} />;
  }
  if (!isPending) return null;
  const label = t(!job ? 'list.sending' : job.stage === 'checking' ? 'list.checking' : 'list.reading');
  return (
    <Flex vertical gap="small" aria-live="polite">
      <span>{label}</span>
      <ProgressLine label={label} done={job?.done ?? 0} {...(job?.total != null && { total: job.total })} />
      {job && (
        <div>
          <Button onClick={list.cancel}>{t('jobs.cancel')}</Button>
        </div>
      )}
    </Flex>
  );
}

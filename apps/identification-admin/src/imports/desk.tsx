import { linkTo } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  commitImport,
  discardImport,
  downloadProblemsWorkbook,
  getImport,
  type RosterImport,
  undoImport,
  uploadRoster,
} from '@bangfu/contracts/identification/imports';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { ImportDesk } from '@bangfu/ui/import-desk';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useLiveJob } from '@bangfu/ui/lib/live-job';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { App, Form } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { deskState } from './desk-state.ts';
import { ProblemRows } from './problem-rows.tsx';
import { ReportDetails } from './report-details.tsx';
import { useProblemGroups } from './use-problem-groups.ts';

const TYPES = ['.xlsx', '.csv', '.xls', '.et', '.ods'];
const LARGEST = 200 * 1024 * 1024;
/** The import's own state, beside its job that tells of itself: it may be another person's. */
const FOLLOW_MS = 2_000;
const ops = everyService('identification');
const nothing = () => undefined;

/** The import desk: an upload begins it, the address of the import is where it goes on, also after a reload. */
export function Component() {
  const t = useText<TextKey>();
  const { importId } = useParams();
  return (
    <Page title={t('imports.desk')} subtitle={t('imports.subtitle')} help={t('imports.help')}>
      {importId ? <OneImport importId={importId} /> : <Choose />}
    </Page>
  );
}

function Choose() {
  const today = usePlatformDay();
  const [day, setDay] = useState<BusinessDay | null>(null);
  const navigate = useNavigate();
  const upload = useCommand(uploadRoster, { onDone: (begun) => navigate(`/imports/${begun.id}`, { replace: true }) });
  const failed = upload.isError ? { step: 'failed' as const, problem: problemOf(upload.error) } : null;
  const t = useText<TextKey>();
  const working = {
    step: 'working' as const,
    file: upload.variables?.query?.name ?? '',
    stages: [{ key: 'upload', label: t('imports.uploading'), state: 'working' as const }],
  };
  const isChoosing = !failed && !upload.isPending;
  const desk = (
    <ImportDesk
      state={failed ?? (upload.isPending ? working : { step: 'choose' })}
      types={TYPES}
      maxBytes={LARGEST}
      onFile={(file) => upload.mutate({ query: { name: file.name, ...(day && { asOf: day }) }, body: file })}
      onCancel={() => upload.reset()}
      onAnother={() => upload.reset()}
      onCommit={nothing}
      onDiscard={nothing}
      onDownloadProblems={nothing}
      onUndo={nothing}
    />
  );
  return (
    <>
      {isChoosing && (
        <Form layout="vertical">
          <Form.Item label={t('imports.asOf')} htmlFor="as-of" extra={t('imports.asOfHint')}>
            <DateField id="as-of" label={t('imports.asOf')} value={day ?? today} onChange={setDay} max={today} />
          </Form.Item>
        </Form>
      )}
      {desk}
    </>
  );
}

const isMoving = (roster: RosterImport | undefined) => roster?.state === 'checking' || roster?.state === 'committing';

const ENDED: readonly RosterImport['state'][] = ['committed', 'undone', 'discarded'];

function OneImport({ importId }: { readonly importId: string }) {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const params = { importId };
  const found = useOperation(
    getImport,
    { params },
    { refetchInterval: (last) => (isMoving(last) ? FOLLOW_MS : false) },
  );
  const roster = found.data;
  const jobId = roster?.jobId ?? '';
  // An import that came to its end has nothing more to hear from its job, which may be another person's.
  const hasEnded = roster !== undefined && ENDED.includes(roster.state);
  const job = useLiveJob('identification', jobId !== '' && !hasEnded ? jobId : null);
  const problems = useProblemGroups(importId, roster?.state === 'checked');
  const refused = useRefused();
  const commit = useCommand(commitImport);
  const discard = useCommand(discardImport, { onDone: () => navigate('/imports') });
  const undo = useCommand(undoImport, { onDone: () => void message.success(t('imports.undone')) });
  const cancel = useCommand(ops.cancelJob);
  if (found.isError && !roster)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!roster) return <Loading />;
  if (problems.error) return <ProblemPanel problem={problemOf(problems.error)} onRetry={problems.retry} />;
  const state = deskState(roster, job, problems.groups, {
    stage: (key) => t(`imports.stage.${key}`),
    failed: t('imports.failed'),
    discarded: t('imports.discarded'),
  });
  return (
    <ImportDesk
      state={state}
      below={
        roster.report && <ReportDetails report={roster.report} checkedOn={businessDayOf(new Date(roster.createdAt))} />
      }
      samplesOf={({ code, village }) => (
        <ProblemRows
          importId={importId}
          version={roster.version}
          code={code}
          village={village === t('imports.noVillage') ? '' : village}
        />
      )}
      types={TYPES}
      maxBytes={LARGEST}
      onFile={nothing}
      onCancel={() => cancel.mutate({ params: { jobId }, body: {} }, refused)}
      onCommit={() => commit.mutate({ params, body: { version: roster.version } }, refused)}
      onDiscard={() => discard.mutate({ params, body: {} }, refused)}
      onDownloadProblems={() => window.location.assign(linkTo(downloadProblemsWorkbook, { params }))}
      onUndo={() => undo.mutate({ params, body: {} }, refused)}
      onAnother={() => navigate('/imports/new')}
    />
  );
}

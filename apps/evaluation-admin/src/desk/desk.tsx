import { linkTo } from '@bangfu/contracts/core/client';
import { downloadFrame, type Evaluation, listEvaluations } from '@bangfu/contracts/evaluation/evaluations';
import { listReturnFiles } from '@bangfu/contracts/evaluation/returns';
import { downloadSurveyWorkbook } from '@bangfu/contracts/evaluation/samples';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatDay, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { Button, Flex, Space } from 'antd';
import { Hash } from '../record/frame-section.tsx';
import { useSampleClosed } from '../record/own-steps.ts';
import { ReturnFiles } from '../record/returns-section.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import { Verdict } from '../verdict.tsx';

/** The evaluator's desk: each evaluation open to him with its sample, workbook, verification and result. */
export function Component() {
  const t = useText<TextKey>();
  const found = useOperation(listEvaluations, { query: { limit: 50 } });
  const body = () => {
    if (found.isError && !found.data)
      return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
    if (!found.data) return <Loading />;
    if (found.data.rows.length === 0) return <Empty title={t('desk.none')} hint={t('desk.noneHint')} />;
    return found.data.rows.map((evaluation) => <OnDesk key={evaluation.id} evaluation={evaluation} />);
  };
  return (
    <Page title={t('place.desk')} subtitle={t('desk.subtitle')} help={t('desk.help')}>
      {body()}
    </Page>
  );
}

function OnDesk({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const { id, sample, returns, verdict, fieldFrom, fieldTo } = evaluation;
  const mayNot = useMayNot();
  const closed = useSampleClosed(evaluation);
  const missing = sample ? closed : t('sample.noneHint');
  return (
    <RecordSection id={id} title={evaluation.name}>
      <Flex vertical gap="middle">
        <Facts
          facts={[
            { label: t('record.field'), value: `${formatDay(fieldFrom)} ～ ${formatDay(fieldTo)}` },
            { label: t('list.state'), value: t(`state.${evaluation.state}`) },
            { label: t('sample.households'), value: sample ? formatNumber(sample.households) : '—' },
            {
              label: t('list.returned'),
              value: t('step.returned', { count: returns.accepted, outstanding: returns.outstanding }),
            },
            { label: t('desk.id'), value: <Hash text={id} />, wide: true },
            { label: t('list.verdict'), value: <Verdict verdict={verdict} /> },
          ]}
        />
        <Space wrap>
          <LinkButton type="primary" reason={missing} to={`/evaluations/${id}/sample`}>
            {t('sample.open')}
          </LinkButton>
          {sample && mayNot(downloadSurveyWorkbook) === null && (
            <Button href={linkTo(downloadSurveyWorkbook, { params: { evaluationId: id } })}>
              {t('sample.workbook')}
            </Button>
          )}
          {evaluation.frame && mayNot(downloadFrame) === null && (
            <Button href={linkTo(downloadFrame, { params: { evaluationId: id } })}>{t('frame.download')}</Button>
          )}
          <LinkButton to={`/evaluations/${id}`}>{t('desk.open')}</LinkButton>
          <LinkButton reason={verdict === null ? t('result.none') : null} to={`/evaluations/${id}/result`}>
            {t('result.open')}
          </LinkButton>
        </Space>
        {sample && <Imported evaluationId={id} />}
      </Flex>
    </RecordSection>
  );
}

/** What the office imported of an evaluator's files: he compares the hashes with those his own program printed. */
function Imported({ evaluationId }: { readonly evaluationId: string }) {
  const t = useText<TextKey>();
  const files = useOperation(listReturnFiles, { params: { evaluationId }, query: { limit: 100 } });
  if (files.isError && !files.data)
    return <ProblemPanel problem={problemOf(files.error)} onRetry={() => void files.refetch()} />;
  if (!files.data) return <Loading rows={2} />;
  if (files.data.total === 0) return <Empty title={t('returns.none')} hint={t('desk.signHint')} small />;
  return <ReturnFiles rows={files.data.rows} />;
}

import { linkTo } from '@bangfu/contracts/core/client';
import { getDeclaration } from '@bangfu/contracts/industry/declarations';
import { printDividendList } from '@bangfu/contracts/industry/dividend-notices';
import { CaseSteps } from '@bangfu/ui/case-steps';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { Alert, Button } from 'antd';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { Actions, type OpenDeclaration } from './actions.tsx';
import { Corrections } from './corrections.tsx';
import { Lines } from './lines.tsx';
import { Objection } from './objection.tsx';
import { nextOf, stepsOf } from './steps.ts';

const FOLLOW_MS = 1_000;

/** One declaration on its way from the entity to the households: steps with the clock, notice, lines, corrections. */
export function Component() {
  const t = useText<TextKey>();
  const { declarationId = '' } = useParams();
  const params = { declarationId };
  const found = useOperation(getDeclaration, { params });
  const computing = found.data?.computingJobId != null;
  useOperation(getDeclaration, { params }, { enabled: computing, refetchInterval: computing ? FOLLOW_MS : false });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const declaration = found.data;
  const deadline = declaration.status === 'on-notice' ? declaration.notice?.closableFrom : null;
  return (
    <>
      <RecordHeader
        name={declaration.entityName}
        number={String(declaration.year)}
        place={`${declaration.contractNumber} · ${t(`status.${declaration.status}`)}`}
        actions={
          declaration.notice && (
            <Button href={linkTo(printDividendList, { params, query: {} })} target="_blank">
              {t('act.print')}
            </Button>
          )
        }
      />
      {computing && <Alert type="info" showIcon title={t('declaration.computing')} />}
      {declaration.alarms.map((alarm) => (
        <Alert key={alarm.code} type="warning" showIcon title={alarm.message} />
      ))}
      {declaration.status === 'discarded' && <Alert type="info" showIcon title={t('declaration.discarded')} />}
      <CaseSteps
        steps={stepsOf(declaration, t)}
        {...(deadline && { clock: { deadline, now: found.data.asOf } })}
        missing={declaration.next.missing.map(({ message }) => ({ label: message }))}
        who={[{ name: nextOf(declaration, t), role: '' }]}
        actions={<Actions declaration={declaration} />}
      />
      <RecordSection id="figures" title={t('declaration.total')}>
        <Facts
          facts={[
            { label: t('declaration.period'), value: `${declaration.from} – ${declaration.to}` },
            { label: t('declaration.households'), value: formatNumber(declaration.lines) },
            { label: t('declaration.base'), value: formatMoney(declaration.baseFen) },
            { label: t('declaration.second'), value: formatMoney(declaration.secondFen) },
            { label: t('declaration.total'), value: formatMoney(declaration.totalFen) },
            { label: t('declaration.paid'), value: formatMoney(declaration.paidFen) },
            { label: t('declaration.unsettled'), value: formatNumber(declaration.unsettledLines) },
          ]}
        />
      </RecordSection>
      {declaration.notice && <Notice declaration={declaration} notice={declaration.notice} />}
      <RecordSection id="lines" title={t('declaration.lines')}>
        <Lines declaration={declaration} />
      </RecordSection>
      <Corrections declarationId={declaration.id} />
    </>
  );
}

function Notice({
  declaration,
  notice,
}: {
  readonly declaration: OpenDeclaration;
  readonly notice: NonNullable<OpenDeclaration['notice']>;
}) {
  const t = useText<TextKey>();
  return (
    <RecordSection id="notice" title={t('place.notices')}>
      <Facts
        facts={[
          {
            label: t('notice.closable'),
            value: notice.closableFrom ? formatMoment(notice.closableFrom) : t('missing.objection'),
          },
          {
            label: t('notice.number'),
            value: <a href={`/public/verify/${notice.verifyNumber}`}>{notice.verifyNumber}</a>,
          },
          ...(declaration.status === 'on-notice'
            ? [
                {
                  label: t('notice.public'),
                  value: <a href={`/public/dividend-notices/${declaration.id}`}>{t('notice.publicPage')}</a>,
                },
              ]
            : []),
          { label: t('notice.hash'), value: notice.contentHash, wide: true },
        ]}
      />
      <h3>{t('notice.objections')}</h3>
      {notice.objections.length === 0 && <Empty title={t('notice.noObjections')} small />}
      {notice.objections.map((objection) => (
        <Objection key={objection.id} declaration={declaration} objection={objection} />
      ))}
    </RecordSection>
  );
}

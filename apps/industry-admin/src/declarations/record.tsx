import { getDeclaration } from '@bangfu/contracts/industry/declarations';
import { CaseSteps } from '@bangfu/ui/case-steps';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { Alert } from 'antd';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { Actions } from './actions.tsx';
import { Corrections } from './corrections.tsx';
import { Lines } from './lines.tsx';
import { Notices, Superseded } from './notices.tsx';
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
      {declaration.notices.length > 0 && <Notices declaration={declaration} />}
      {declaration.superseded.length > 0 && <Superseded declaration={declaration} />}
      <RecordSection id="lines" title={t('declaration.lines')}>
        <Lines declaration={declaration} />
      </RecordSection>
      <Corrections declarationId={declaration.id} />
    </>
  );
}

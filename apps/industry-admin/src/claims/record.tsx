import { getClaim } from '@bangfu/contracts/industry/claims';
import { LinkButton } from '@bangfu/ui/link-button';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { Settle } from './settle.tsx';
import { Settlements } from './settlements.tsx';

/** What a household had too much, and how it comes back. */
export function Component() {
  const t = useText<TextKey>();
  const { claimId = '' } = useParams();
  const found = useOperation(getClaim, { params: { claimId } });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const claim = found.data;
  return (
    <>
      <RecordHeader
        name={claim.headName}
        number={claim.householdNumber}
        place={claim.villageName}
        actions={<LinkButton to={`/declarations/${claim.declarationId}`}>{t('batch.declaration')}</LinkButton>}
      />
      <RecordSection id="claim" title={t('place.claims')}>
        <Facts
          facts={[
            { label: t('contract.entity'), value: `${claim.entityName} ${claim.year}` },
            { label: t('amount'), value: formatMoney(claim.amountFen) },
            { label: t('claim.open'), value: formatMoney(claim.outstandingFen) },
            { label: t('line.reason'), value: claim.reason },
            { label: t('claim.opened'), value: `${formatMoment(claim.openedAt)} ${claim.openedBy}` },
          ]}
        />
      </RecordSection>
      <RecordSection id="settle" title={t('claim.settle')}>
        <Settle claim={claim} />
      </RecordSection>
      <Settlements claim={claim} />
    </>
  );
}

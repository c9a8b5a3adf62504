import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  changePairingPolicy,
  discardPairingPolicy,
  enforcePairingPolicy,
  listPairingPolicies,
  withdrawPairingPolicy,
} from '@bangfu/contracts/pairing/policy';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { InnerTable } from '@bangfu/ui/inner-table';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Facts, RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { ReverseButton } from '../reverse-button.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import { PolicyForm } from './form.tsx';

type Version = AnswerOf<typeof listPairingPolicies>['rows'][number];

/** One version of the policy: what it says, and its next step. */
export function Component() {
  const t = useText<TextKey>();
  const { policyId = '' } = useParams();
  const found = useOperation(listPairingPolicies, { query: { limit: 500 } });
  if (found.isError && !found.data) {
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  }
  if (!found.data) return <Loading />;
  const policy = found.data.rows.find(({ id }) => id === policyId);
  if (!policy) return <Empty title={t('policy.unknown')} hint={t('policy.emptyHint')} />;
  return <Policy key={`${policy.id} ${policy.version}`} policy={policy} />;
}

function Policy({ policy }: { readonly policy: Version }) {
  const t = useText<TextKey>();
  const [isEditing, setEditing] = useState(false);
  const change = useCommand(changePairingPolicy, { onDone: () => setEditing(false) });
  const params = { policyId: policy.id };
  const { content } = policy;
  return (
    <Page
      title={policy.document}
      subtitle={`${t(`policy.state.${policy.state}`)} · ${t('plan.holdsFrom', { day: policy.validFrom })}`}
      help={t('policy.help')}
      actions={<PolicyActions policy={policy} onEdit={() => setEditing(true)} />}
    >
      {isEditing ? (
        <PolicyForm
          initial={policy}
          submitLabel={t('policy.saveDraft')}
          command={change}
          onSubmit={(draft) => change.mutate({ params, body: { ...draft, version: policy.version } })}
        />
      ) : (
        <>
          <RecordSection id="facts" title={t('policy.head')}>
            <Facts
              facts={[
                { label: t('policy.maker'), value: policy.makerName },
                { label: t('policy.enforcer'), value: policy.enforcerName ?? '—' },
                { label: t('policy.enforcedAt'), value: policy.enforcedAt ? formatMoment(policy.enforcedAt) : '—' },
                { label: t('policy.closer'), value: policy.closerName ?? '—' },
                { label: t('policy.closeReason'), value: policy.closeReason ?? '—' },
                { label: t('policy.careMonths'), value: String(content.careMonths) },
                { label: t('policy.careUntil'), value: content.careUntil ?? t('policy.careUnset') },
                { label: t('policy.aheadDays'), value: String(content.aheadDays) },
                { label: t('policy.backDays'), value: String(content.visits.backDays) },
                { label: t('policy.visitsPerPeriod'), value: String(content.visits.visitsPerPeriod) },
                { label: t('policy.minPhotos'), value: String(content.visits.minPhotos) },
              ]}
            />
          </RecordSection>
          <RecordSection id="ranks" title={t('policy.quotas')}>
            <InnerTable
              rowKey={(rule) => rule.rank}
              dataSource={[...content.ranks]}
              columns={[
                { title: t('cadres.rank'), render: (_, rule) => rule.name },
                { title: t('policy.quota'), render: (_, rule) => String(rule.quota) },
                { title: t('policy.pull'), render: (_, rule) => String(rule.pull) },
              ]}
            />
          </RecordSection>
        </>
      )}
    </Page>
  );
}

/** The next steps of a version as the service offers them; what cannot be undone is asked. */
function PolicyActions({ policy, onEdit }: { readonly policy: Version; readonly onEdit: () => void }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const enforce = useCommand(enforcePairingPolicy);
  const discard = useCommand(discardPairingPolicy);
  const withdraw = useCommand(withdrawPairingPolicy);
  const { steps } = policy;
  const at = { params: { policyId: policy.id }, body: { version: policy.version } };
  const closed = closedBy(steps, 'enforce');
  const button = (
    <ReasonedButton type="primary" reason={closed} loading={enforce.isPending}>
      {t('policy.enforce')}
    </ReasonedButton>
  );
  return (
    <Space wrap>
      {isShown(steps, 'change', 'POLICY_NOT_DRAFT') && (
        <ReasonedButton reason={closedBy(steps, 'change')} onClick={onEdit}>
          {t('policy.change')}
        </ReasonedButton>
      )}
      {isShown(steps, 'enforce', 'POLICY_NOT_DRAFT') &&
        (closed ? (
          button
        ) : (
          <Popconfirm
            title={t('policy.enforceWarning', { day: policy.validFrom })}
            okText={t('policy.enforce')}
            cancelText={t('reverse.keep')}
            onConfirm={() => enforce.mutate(at, refused)}
          >
            {button}
          </Popconfirm>
        ))}
      {isShown(steps, 'withdraw', 'POLICY_NOT_IN_FORCE') && (
        <ReverseButton
          title={t('policy.withdraw')}
          warning={t('policy.withdrawWarning', { day: policy.validFrom })}
          closed={closedBy(steps, 'withdraw')}
          command={{
            isPending: withdraw.isPending,
            error: withdraw.error,
            run: ({ reason }, onSuccess) =>
              withdraw.mutate({ params: at.params, body: { ...at.body, reason } }, { onSuccess }),
          }}
        />
      )}
      {isShown(steps, 'discard', 'POLICY_NOT_DRAFT') && (
        <ReasonedButton
          reason={closedBy(steps, 'discard')}
          loading={discard.isPending}
          onClick={() => discard.mutate(at, refused)}
        >
          {t('policy.discard')}
        </ReasonedButton>
      )}
    </Space>
  );
}

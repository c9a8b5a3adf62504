import type { Policy } from '@bangfu/contracts/core/policy';
import { labelledValues, policyFields } from '@bangfu/contracts/core/policy-fields';
import type { OfferedPolicyVersion, ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { Button, Flex, Input, Modal } from 'antd';
import { useState } from 'react';
import { InnerTable } from './inner-table.tsx';
import { problemOf, useCommand, useOperation } from './lib/data.ts';
import { formatMoment } from './lib/format.ts';
import { useLanguage, useUiText } from './lib/i18n.ts';
import { useMay } from './lib/may.ts';
import { closedBy, isShown } from './lib/steps.ts';
import { Page } from './page.tsx';
import './policies.css';
import { Changes, FoldedChanges } from './policy-changes.tsx';
import { PolicyDraft } from './policy-draft.tsx';
import { ProblemPanel } from './problem.tsx';
import { ReasonedButton } from './reasoned-button.tsx';
import { Facts, RecordSection } from './record.tsx';
import { Loading } from './states.tsx';

interface PoliciesProps {
  readonly declared: ServicePolicies;
}

type Row = AnswerOf<ServicePolicies['listPolicies']>['rows'][number];
type Version = OfferedPolicyVersion;

/** The policies of a service: what is in force, what is drafted and by whom, and what each version changed. */
export function Policies({ declared }: PoliciesProps) {
  const t = useUiText();
  const found = useOperation(declared.listPolicies, {});
  const body = () => {
    if (found.isError && !found.data)
      return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
    if (!found.data) return <Loading />;
    const rows = new Map(found.data.rows.map((row) => [row.policy, row]));
    return declared.policies.flatMap((policy) => {
      const row = rows.get(policy.key);
      return row ? [<PolicySection key={policy.key} declared={declared} policy={policy} row={row} />] : [];
    });
  };
  return (
    <Page title={t('policies.title')} subtitle={t('policies.subtitle')} help={t('policies.help')}>
      {body()}
    </Page>
  );
}

interface SectionProps extends PoliciesProps {
  readonly policy: Policy;
  readonly row: Row;
}

function PolicySection({ declared, policy, row }: SectionProps) {
  const t = useUiText();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const mayDraft = useMay(declared.draftPolicy);
  const [isDrafting, setDrafting] = useState(false);
  const { inForce, versions } = row;
  const drafts = versions.filter(({ state }) => state === 'draft');
  const others = versions.filter(({ state }) => state !== 'draft');
  const [latest] = others;
  return (
    <RecordSection
      id={policy.key}
      title={policy.label[language]}
      actions={mayDraft && <Button onClick={() => setDrafting(true)}>{t('policies.draft')}</Button>}
    >
      {inForce ? (
        <>
          <p className="bf-policy__source">
            {t('policies.inForce', { day: inForce.validFrom, document: sourceOf(inForce) })}
          </p>
          <Facts
            facts={labelledValues(policyFields(policy), inForce.value, language).map(({ label, text }) => ({
              label,
              value: text,
            }))}
          />
        </>
      ) : (
        <p role="status">{t('policies.none')}</p>
      )}
      {drafts.map((version) => (
        <DraftCard key={version.id} declared={declared} policy={policy} version={version} />
      ))}
      <VersionTable declared={declared} policy={policy} versions={others} />
      {isDrafting && (
        <PolicyDraft
          declared={declared}
          policy={policy}
          begin={inForce?.value ?? latest?.value ?? policy.seeds.at(-1)?.value}
          onClose={() => setDrafting(false)}
        />
      )}
    </RecordSection>
  );
}

interface VersionProps extends PoliciesProps {
  readonly policy: Policy;
  readonly version: Version;
}

/** The document of a version with its paragraph. */
const sourceOf = ({ document, paragraph }: Pick<Version, 'document' | 'paragraph'>) =>
  [document, paragraph].filter(Boolean).join(' ');

/** A draft that waits for approval. */
function DraftCard({ declared, policy, version }: VersionProps) {
  const t = useUiText();
  return (
    <div className="bf-policy__draft">
      <p>
        <strong>{t('policies.draftFrom', { day: version.validFrom })}</strong>
        <span>{sourceOf(version)}</span>
        <span>{t('policies.draftedBy', { name: version.draftedBy, at: formatMoment(version.draftedAt) })}</span>
      </p>
      <Changes policy={policy} version={version} />
      <Flex gap="small" wrap>
        <Approve declared={declared} policy={policy} version={version} />
        <Withdraw declared={declared} policy={policy} version={version} />
      </Flex>
    </div>
  );
}

/** Approves a version: a dialog that says who drafted it, by which document, and what it changes from when. */
function Approve({ declared, policy, version }: VersionProps) {
  const t = useUiText();
  const [isOpen, setOpen] = useState(false);
  const approve = useCommand(declared.approvePolicy, { onDone: () => setOpen(false) });
  if (!isShown(version.steps, 'approve', 'POLICY_NOT_DRAFT')) return null;
  const send = () => approve.mutate({ params: { policyId: version.id }, body: { version: version.version } });
  return (
    <>
      <ReasonedButton type="primary" reason={closedBy(version.steps, 'approve')} onClick={() => setOpen(true)}>
        {t('policies.approve')}
      </ReasonedButton>
      <Modal
        open={isOpen}
        title={t('policies.approve')}
        okText={t('policies.approve')}
        confirmLoading={approve.isPending}
        onOk={send}
        onCancel={() => setOpen(false)}
      >
        {approve.error && <ProblemPanel problem={problemOf(approve.error)} />}
        <p>
          {t('policies.approveWhat', {
            name: version.draftedBy,
            document: sourceOf(version),
            day: version.validFrom,
          })}
        </p>
        <Changes policy={policy} version={version} />
      </Modal>
    </>
  );
}

/** Withdraws a draft, or an approved version before its day, with a reason. */
function Withdraw({ declared, version }: VersionProps) {
  const t = useUiText();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const withdraw = useCommand(declared.withdrawPolicy, { onDone: () => setOpen(false) });
  if (!isShown(version.steps, 'withdraw', 'POLICY_WITHDRAWN', 'POLICY_BEGUN', 'STEP_ELSEWHERE')) return null;
  const send = () =>
    withdraw.mutate({ params: { policyId: version.id }, body: { reason: reason.trim(), version: version.version } });
  return (
    <>
      <ReasonedButton reason={closedBy(version.steps, 'withdraw')} onClick={() => setOpen(true)}>
        {t('policies.withdraw')}
      </ReasonedButton>
      <Modal
        open={isOpen}
        title={t('policies.withdraw')}
        okText={t('policies.withdraw')}
        okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
        confirmLoading={withdraw.isPending}
        onOk={send}
        onCancel={() => setOpen(false)}
      >
        {withdraw.error && <ProblemPanel problem={problemOf(withdraw.error)} />}
        <label>
          {t('policies.reason')}
          <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      </Modal>
    </>
  );
}

interface TableProps extends PoliciesProps {
  readonly policy: Policy;
  readonly versions: readonly Version[];
}

/** Every version that was approved or withdrawn, the latest day first, with what it changed. */
function VersionTable({ declared, policy, versions }: TableProps) {
  const t = useUiText();
  return (
    <div className="bf-policy__versions">
      <InnerTable<Version>
        rowKey="id"
        dataSource={versions}
        columns={[
          { title: t('policies.validFrom'), width: 110, render: (_, version) => version.validFrom },
          {
            title: t('policies.document'),
            render: (_, version) => sourceOf(version),
          },
          { title: t('policies.changes'), render: (_, version) => <FoldedChanges policy={policy} version={version} /> },
          {
            title: t('policies.by'),
            render: (_, version) =>
              version.shippedFor === null
                ? t('policies.hands', { drafter: version.draftedBy, approver: version.approvedBy ?? '—' })
                : t('policies.shipped'),
          },
          {
            title: t('policies.state'),
            width: 120,
            render: (_, version) =>
              version.state === 'withdrawn' ? (
                t('policies.withdrawn', { reason: version.withdrawnReason ?? '' })
              ) : (
                <Flex gap="small" wrap align="center">
                  {t('policies.approved')}
                  <Withdraw declared={declared} policy={policy} version={version} />
                </Flex>
              ),
          },
        ]}
      />
    </div>
  );
}

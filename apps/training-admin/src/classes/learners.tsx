import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { type listEnrolments, withdrawEnrolment } from '@bangfu/contracts/training/enrolments';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty } from '@bangfu/ui/states';
import { Input, Popover } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

/** A learner with what the person may do for them now. */
export type Learner = AnswerOf<typeof listEnrolments>['rows'][number];

/** The learners of a class, those who withdrew at the end. */
export function Learners({ learners }: { readonly learners: readonly Learner[] }) {
  const t = useText<TextKey>();
  if (learners.length === 0) return <Empty title={t('class.noLearners')} small />;
  return (
    <InnerTable<Learner>
      rowKey="id"
      dataSource={[...learners]}
      columns={[
        { title: t('class.learner'), render: (_, r) => r.personName },
        { title: t('class.household'), render: (_, r) => r.householdNumber },
        { title: t('class.village'), render: (_, r) => `${r.townshipName} ${r.villageName}` },
        { title: t('class.attended'), render: (_, r) => t('class.attendedOf', { attended: r.attended, held: r.held }) },
        { title: t('class.mark'), align: 'right', render: (_, r) => r.mark ?? '—' },
        { title: t('class.standing'), render: (_, r) => <Standing learner={r} /> },
        {
          title: '',
          render: (_, r) => isShown(r.steps, 'withdraw', 'ENROLMENT_MISSING') && <Withdraw learner={r} />,
        },
      ]}
    />
  );
}

/** Whether a learner may have the certificate, and why not. */
export function Standing({ learner }: { readonly learner: Learner }) {
  const t = useText<TextKey>();
  if (learner.withdrawnOn !== null) return t('class.withdrawn');
  // Who issues hears also what keeps them in person from it.
  const closed = isShown(learner.steps, 'certificate') ? closedBy(learner.steps, 'certificate') : null;
  return learner.certificateNumber ?? closed ?? learner.missing?.message ?? t('class.ready');
}

function Withdraw({ learner }: { readonly learner: Learner }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [reason, setReason] = useState('');
  const withdraw = useCommand(withdrawEnrolment);
  const closed = closedBy(learner.steps, 'withdraw');
  const button = (
    <ReasonedButton size="small" aria-label={`${t('class.withdraw')} ${learner.personName}`} reason={closed}>
      {t('class.withdraw')}
    </ReasonedButton>
  );
  if (closed !== null) return button;
  const confirm = () =>
    withdraw.mutate({ params: { enrolmentId: learner.id }, body: { reason, version: learner.version } }, refused);
  return (
    <Popover
      trigger="click"
      title={`${t('class.withdraw')}：${learner.personName}`}
      content={
        <Input.Search
          aria-label={t('class.withdrawReason')}
          placeholder={t('class.withdrawReason')}
          enterButton={t('class.withdrawConfirm')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onSearch={confirm}
          loading={withdraw.isPending}
        />
      }
    >
      {button}
    </Popover>
  );
}

import { type Enrolment, withdrawEnrolment } from '@bangfu/contracts/training/enrolments';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Empty } from '@bangfu/ui/states';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

/** The learners of a class, those who withdrew at the end. */
export function Learners({
  learners,
  mayWithdraw,
}: {
  readonly learners: readonly Enrolment[];
  readonly mayWithdraw: boolean;
}) {
  const t = useText<TextKey>();
  if (learners.length === 0) return <Empty title={t('class.noLearners')} small />;
  return (
    <InnerTable<Enrolment>
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
          render: (_, r) => mayWithdraw && r.withdrawnOn === null && r.attended === 0 && <Withdraw learner={r} />,
        },
      ]}
    />
  );
}

/** Whether a learner may have the certificate, and why not. */
export function Standing({ learner }: { readonly learner: Enrolment }) {
  const t = useText<TextKey>();
  if (learner.withdrawnOn !== null) return t('class.withdrawn');
  return learner.certificateNumber ?? learner.missing?.message ?? t('class.ready');
}

function Withdraw({ learner }: { readonly learner: Enrolment }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [reason, setReason] = useState('');
  const withdraw = useCommand(withdrawEnrolment);
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
      <Button size="small" aria-label={`${t('class.withdraw')} ${learner.personName}`}>
        {t('class.withdraw')}
      </Button>
    </Popover>
  );
}

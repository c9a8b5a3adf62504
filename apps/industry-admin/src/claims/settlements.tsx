import { decideSettlement, proposeReversal } from '@bangfu/contracts/industry/claims';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Space } from 'antd';
import { useState } from 'react';
import { ReasonDialog } from '../reason-dialog.tsx';
import type { TextKey } from '../texts.zh-CN.ts';
import type { OpenClaim } from './settle.tsx';

type Settlement = OpenClaim['settlements'][number];

/** How a claim was settled so far: how, how much, why, by whom; what waits is decided, what holds can be reversed. */
export function Settlements({ claim }: { readonly claim: OpenClaim }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [reversing, setReversing] = useState<Settlement | null>(null);
  const decide = useCommand(decideSettlement);
  const act = (settlementId: string, approved: boolean) =>
    decide.mutate({ params: { settlementId }, body: { approved } }, refused);
  const steps = (s: Settlement) =>
    s.state === 'proposed' ? (
      <Space>
        <ReasonedButton
          size="small"
          type="primary"
          reason={closedBy(s.steps, 'approve')}
          onClick={() => act(s.id, true)}
        >
          {t('correction.approve')}
        </ReasonedButton>
        <ReasonedButton size="small" reason={closedBy(s.steps, 'refuse')} onClick={() => act(s.id, false)}>
          {t('claim.refuse')}
        </ReasonedButton>
      </Space>
    ) : s.state === 'approved' && closedBy(s.steps, 'reverse') === null ? (
      <ReasonedButton size="small" danger onClick={() => setReversing(s)}>
        {t('claim.reverse')}
      </ReasonedButton>
    ) : null;
  return (
    <RecordSection id="settlements" title={t('claim.settlements')}>
      <InnerTable<Settlement>
        rowKey="id"
        dataSource={claim.settlements}
        locale={{ emptyText: <Empty title={t('claim.unsettled')} small /> }}
        columns={[
          { title: t('claim.settledOn'), dataIndex: 'settledOn' },
          { title: t('claim.how'), render: (_, s) => t(`claim.kind.${s.kind}`) },
          { title: t('amount'), align: 'right', render: (_, s) => formatMoney(s.amountFen) },
          { title: t('claim.reference'), dataIndex: 'reference' },
          { title: t('claim.words'), render: (_, s) => `${s.reason}（${s.madeBy}）` },
          { title: t('status'), render: (_, s) => `${t(`claim.decision.${s.state}`)} ${s.decidedBy ?? ''}` },
          { title: '', render: (_, s) => steps(s) },
        ]}
      />
      {reversing && <Reverse settlement={reversing} onEnd={() => setReversing(null)} />}
    </RecordSection>
  );
}

/** Asks why a settlement is reversed; another person decides. */
function Reverse({ settlement, onEnd }: { readonly settlement: Settlement; readonly onEnd: () => void }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const reverse = useCommand(proposeReversal, { onDone: onEnd });
  return (
    <ReasonDialog
      title={t('claim.reverseOf', { amount: formatMoney(settlement.amountFen) })}
      hint={t('claim.reverseHint')}
      act={t('claim.reverse')}
      isPending={reverse.isPending}
      onSend={(body) => reverse.mutate({ params: { settlementId: settlement.id }, body }, refused)}
      onEnd={onEnd}
    />
  );
}

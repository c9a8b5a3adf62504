import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { decideCorrection, listCorrections } from '@bangfu/contracts/industry/payments';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { RecordSection } from '@bangfu/ui/record';
import { Empty } from '@bangfu/ui/states';
import { Space } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

type Correction = AnswerOf<typeof listCorrections>['rows'][number];

/** Corrections of a declaration: before, after, why, by whom; another person decides. */
export function Corrections({ declarationId }: { readonly declarationId: string }) {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const refused = useRefused();
  const hidden = mayNot(listCorrections) !== null;
  const list = useOperation(listCorrections, { params: { declarationId } }, { enabled: !hidden });
  const decide = useCommand(decideCorrection);
  if (hidden) return null;
  const act = (correctionId: string, approved: boolean) =>
    decide.mutate({ params: { correctionId }, body: { approved } }, refused);
  return (
    <RecordSection id="corrections" title={t('correction.title')}>
      <InnerTable<Correction>
        rowKey="id"
        dataSource={list.data?.rows ?? []}
        locale={{ emptyText: <Empty title={t('correction.none')} small /> }}
        columns={[
          { title: '#', dataIndex: 'lineNumber' },
          { title: t('head'), dataIndex: 'headName' },
          {
            title: t('amount'),
            render: (_, c) =>
              [
                `${c.householdNumber} ${formatMoney(c.amountFen)} → ${c.newHouseholdNumber} ${formatMoney(c.newAmountFen)}`,
                ...(c.leftFen > 0 ? [t('correction.left', { amount: formatMoney(c.leftFen) })] : []),
                ...(c.higherHand ? [t('correction.higherHand')] : []),
              ].join(' '),
          },
          { title: t('line.reason'), render: (_, c) => `${c.reason}（${c.madeBy}）` },
          { title: t('status'), render: (_, c) => `${t(`correction.state.${c.state}`)} ${c.checkedBy ?? ''}` },
          {
            title: '',
            render: (_, c) =>
              c.state === 'proposed' && (
                <Space>
                  <ReasonedButton
                    size="small"
                    type="primary"
                    reason={closedBy(c.steps, 'approve')}
                    onClick={() => act(c.id, true)}
                  >
                    {t('correction.approve')}
                  </ReasonedButton>
                  <ReasonedButton size="small" reason={closedBy(c.steps, 'refuse')} onClick={() => act(c.id, false)}>
                    {t('correction.refuse')}
                  </ReasonedButton>
                </Space>
              ),
          },
        ]}
      />
    </RecordSection>
  );
}

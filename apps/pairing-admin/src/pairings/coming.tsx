import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  type getPairing,
  movePairingChange,
  type PairedHousehold,
  withdrawPairingChange,
} from '@bangfu/contracts/pairing/pairings';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { closedBy } from '@bangfu/ui/lib/steps';
import { RecordSection } from '@bangfu/ui/record';
import { Space } from 'antd';
import { ReverseButton } from '../reverse-button.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

/** What is decided for a day to come, in words; empty when nothing is. */
export function useComingWords(): (coming: PairedHousehold['coming']) => string {
  const t = useText<TextKey>();
  return (coming) => {
    if (!coming) return '';
    const { day, helper } = coming;
    return helper ? t('coming.helper', { day, name: helper.name, unit: helper.unitName }) : t('coming.end', { day });
  };
}

/** The change to come of a household, with the ways to take it back or to move it, and what was reversed before. */
export function ComingChange({ record }: { readonly record: AnswerOf<typeof getPairing> }) {
  const t = useText<TextKey>();
  const words = useComingWords();
  const withdraw = useCommand(withdrawPairingChange);
  const move = useCommand(movePairingChange);
  const { coming, steps, reversals } = record;
  const params = { householdId: record.householdId };
  return (
    <>
      {coming && (
        <RecordSection id="coming" title={t('coming.title')}>
          <p>{words(coming)}</p>
          <Space wrap>
            <ReverseButton
              title={t('coming.move')}
              warning={t('coming.moveWarning', { day: coming.day })}
              closed={closedBy(steps, 'move-change')}
              earliest={record.earliest}
              command={{
                isPending: move.isPending,
                error: move.error,
                run: (reversal, onSuccess) =>
                  move.mutate({ params, body: { day: coming.day, ...reversal } }, { onSuccess }),
              }}
            />
            <ReverseButton
              title={t('coming.withdraw')}
              warning={t('coming.withdrawWarning', { name: record.helper?.name ?? t('pairings.none') })}
              closed={closedBy(steps, 'withdraw-change')}
              command={{
                isPending: withdraw.isPending,
                error: withdraw.error,
                run: ({ reason }, onSuccess) =>
                  withdraw.mutate({ params, body: { day: coming.day, reason } }, { onSuccess }),
              }}
            />
          </Space>
        </RecordSection>
      )}
      {reversals.length > 0 && (
        <RecordSection id="reversals" title={t('coming.reversals')}>
          <InnerTable
            rowKey={(row) => row.at + row.kind}
            dataSource={reversals}
            columns={[
              { title: t('coming.kind'), render: (_, row) => t(`coming.kind.${row.kind}`) },
              { title: t('pairings.helper'), render: (_, row) => row.helperName },
              { title: t('coming.day'), render: (_, row) => (row.movedTo ? `${row.day} → ${row.movedTo}` : row.day) },
              { title: t('coming.madeBy'), render: (_, row) => row.madeByName ?? '—' },
              { title: t('coming.reversedBy'), render: (_, row) => `${row.accountName} ${formatMoment(row.at)}` },
              { title: t('pairing.reason'), render: (_, row) => row.reason },
            ]}
          />
        </RecordSection>
      )}
    </>
  );
}

import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { getDividendLine } from '@bangfu/contracts/industry/payments';
import { formatMoment, formatMoney } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import type { TextKey } from '../texts.zh-CN.ts';

/** Every payment of a line with its return, and everything that was said to have been received. */
export function LineHistory({ line }: { readonly line: AnswerOf<typeof getDividendLine> }) {
  const t = useText<TextKey>();
  if (line.payments.length === 0) return null;
  return (
    <ul aria-label={t('line.history')}>
      {line.payments.map((p) => (
        <li key={p.id}>
          {t('line.payment', { day: p.paidOn, amount: formatMoney(p.amountFen), batch: p.batchNumber })} {p.reference}
          {p.returnedOn && ` ${t('line.returned', { day: p.returnedOn, reason: p.returnReason ?? '' })}`}
        </li>
      ))}
      {line.words.map((w) => (
        <li key={w.id}>
          {t(w.isHousehold ? 'line.wordOwn' : 'line.wordTaken', {
            moment: formatMoment(w.saidAt),
            amount: formatMoney(w.receivedFen),
            by: w.saidBy,
          })}
        </li>
      ))}
    </ul>
  );
}

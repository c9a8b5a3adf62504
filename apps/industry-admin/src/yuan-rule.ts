import { parseYuan } from '@bangfu/domain/shared/money';
import { useText } from '@bangfu/ui/lib/i18n';
import type { FormRule } from 'antd';
import type { TextKey } from './texts.zh-CN.ts';

/** The rule of a field that takes yuan: a number, and not less than `leastFen`. An empty field is for `required` to tell. */
export function useYuanRule(leastFen: 0 | 1): FormRule {
  const t = useText<TextKey>();
  return {
    validator: (_rule, text: string | undefined) => {
      if (!text) return Promise.resolve();
      const amount = parseYuan(text);
      if (amount !== null && amount >= leastFen) return Promise.resolve();
      return Promise.reject(new Error(t(leastFen === 0 ? 'amount.invalid' : 'amount.notAboveZero')));
    },
  };
}

/** The fen of a field that has passed the rule. */
export function fenOf(text: string): number {
  const amount = parseYuan(text);
  if (amount === null) throw new Error('an amount was sent that its field had not taken');
  return amount;
}

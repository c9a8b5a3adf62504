import { isAccount } from '@bangfu/domain/industry/account';
import { useText } from '@bangfu/ui/lib/i18n';
import type { FormRule } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';

/** The rules of the two fields of an account: its bank and its number. */
export function useAccountRules(): { readonly bank: FormRule[]; readonly account: FormRule[] } {
  const t = useText<TextKey>();
  const validator = (_rule: unknown, text: string | undefined) =>
    !text || isAccount(text) ? Promise.resolve() : Promise.reject(new Error(t('account.invalid')));
  return { bank: [{ required: true, min: 2 }], account: [{ required: true }, { validator }] };
}

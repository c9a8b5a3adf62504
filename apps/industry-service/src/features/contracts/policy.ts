import { type Contract, contractFindings, expiryWarning, type IndustryPolicy } from '@bangfu/domain/industry/contract';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { render } from '@bangfu/platform/http/messages';
import { MESSAGES } from '../../messages.ts';

/** A contract's row as far as the policy looks at it. */
export interface ContractTermsRow {
  readonly state: string;
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly guaranteedBp: number;
  readonly profitShareBp: number;
  readonly households: number;
}

/** The row as the domain knows a contract. */
export function toContract(row: ContractTermsRow): Contract {
  return {
    terms: { kind: 'share', guaranteedBp: row.guaranteedBp, profitShareBp: row.profitShareBp },
    from: row.from,
    to: row.to,
    households: row.households,
  };
}

/** What stands against signing a draft, or the warning about the end of one in force, in words. */
export function findingsOf(
  row: ContractTermsRow,
  policy: IndustryPolicy,
  { now, language }: { readonly now: Date; readonly language: 'zh' | 'en' },
) {
  const contract = toContract(row);
  const warning = expiryWarning(contract, businessDayOf(now), policy);
  const found = row.state === 'drafted' ? contractFindings(contract, policy) : warning ? [warning] : [];
  return found.map(({ code, params }) => ({ code, message: render(MESSAGES, code, params, language) }));
}

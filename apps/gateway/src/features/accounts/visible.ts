import { inRegions } from '@bangfu/data/scope';
import { contains } from '@bangfu/domain/shared/grants';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { type ExpressionBuilder, type ExpressionWrapper, sql, type SqlBool } from 'kysely';
import type { Tables } from '../../operations.ts';

type WithAccount = Tables & { a: Tables['account'] };

/**
 * Of `account a`: those an administrator may see, which are all with the whole county in hand, else those holding a
 * grant in his regions.
 */
export function accountVisible(
  eb: ExpressionBuilder<WithAccount, 'a'>,
  caller: Caller,
  county: string,
): ExpressionWrapper<WithAccount, 'a', SqlBool> {
  const whole = caller.usable.some(({ scope }) => contains(scope, { kind: 'region', code: county }, county));
  if (whole) return eb.and([]);
  return eb.exists(
    eb
      .selectFrom('account_grant as v')
      .whereRef('v.account_id', '=', 'a.id')
      .where('v.withdrawn_at', 'is', null)
      .where((of) => inRegions(sql`(${of.ref('v.scope')} ->> 'code')`, regionPrefixes(caller)))
      .select('v.id'),
  );
}

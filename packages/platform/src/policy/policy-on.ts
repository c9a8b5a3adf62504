import type { Policy } from '@bangfu/contracts/core/policy';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { PolicyTables } from './table.ts';

/** The version of a policy that a rule is given; a record that is decided by it keeps the id. */
export interface PolicyInForce<Value> {
  readonly id: string;
  readonly validFrom: string;
  readonly document: string;
  readonly paragraph: string;
  readonly version: number;
  readonly value: Value;
}

/**
 * The version of a policy in force in a county on a day, by one statement on its index: the county's own before those
 * the product is shipped with, of these the nearest division's (domain/shared/policy, versionOn). A value that was kept
 * before a field was added to its policy has that field's default.
 * @throws DomainError POLICY_YEAR_MISSING for a yearly policy without a version of that year; POLICY_NONE before the first
 */
export async function policyOn<Value>(
  read: ReadSql<PolicyTables>,
  countyCode: string,
  policy: Policy<Value>,
  day: BusinessDay,
): Promise<PolicyInForce<Value>> {
  const year = day.slice(0, 4);
  const row = await read
    .selectFrom('policy as p')
    .where('p.key', '=', policy.key)
    .where('p.state', '=', 'approved')
    .where('p.valid_from', '<=', day)
    .where('p.valid_from', '>=', policy.isYearly ? `${year}-01-01` : '0001-01-01')
    .where((eb) =>
      eb.or([
        eb('p.county_code', '=', countyCode),
        eb.and([
          eb('p.county_code', 'is', null),
          eb(eb.fn<boolean>('starts_with', [eb.val(countyCode), 'p.region']), 'is', true),
        ]),
      ]),
    )
    .orderBy('p.county_code', (order) => order.asc().nullsLast())
    .orderBy((eb) => eb.fn('length', ['p.region']), 'desc')
    .orderBy('p.valid_from', 'desc')
    .limit(1)
    .select(['p.id', 'p.valid_from as validFrom', 'p.document', 'p.paragraph', 'p.version', 'p.value'])
    .executeTakeFirst();
  if (!row) {
    throw policy.isYearly
      ? new DomainError('POLICY_YEAR_MISSING', { policy: policy.label.zh, policyEn: policy.label.en, year })
      : new DomainError('POLICY_NONE', { day });
  }
  return { ...row, value: policy.schema.parse(row.value) };
}

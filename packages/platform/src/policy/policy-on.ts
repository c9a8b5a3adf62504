import type { Policy } from '@bangfu/contracts/core/policy';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { DomainError } from '@bangfu/domain/shared/errors';
import { versionOn } from '@bangfu/domain/shared/policy';
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
  const row = await inCounty(read, countyCode, policy.key)
    .where('p.valid_from', '<=', day)
    .where('p.valid_from', '>=', policy.isYearly ? `${year}-01-01` : '0001-01-01')
    .orderBy('p.county_code', (order) => order.asc().nullsLast())
    .orderBy((eb) => eb.fn('length', ['p.region']), 'desc')
    .orderBy('p.valid_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw noneOn(policy, day);
  return toInForce(policy, row);
}

/** The versions of a policy that count in a county, read once: for rules that ask for many days. */
export interface PolicyVersions<Value> {
  /** @throws DomainError POLICY_YEAR_MISSING, POLICY_NONE */
  on(day: BusinessDay): PolicyInForce<Value>;
  /** The same; null where there is none. */
  find(day: BusinessDay): PolicyInForce<Value> | null;
  /** Those that take over from one another, in the order of their days. */
  timeline(): PolicyInForce<Value>[];
}

/** All versions of a policy that count in a county, by one statement; which one is in force on a day is asked of them. */
export async function policyVersions<Value>(
  read: ReadSql<PolicyTables>,
  countyCode: string,
  policy: Policy<Value>,
): Promise<PolicyVersions<Value>> {
  const rows = await inCounty(read, countyCode, policy.key).execute();
  const versions = rows.map((row) => ({ ...row, validFrom: row.validFrom as BusinessDay }));
  const known = new Map<string, PolicyInForce<Value>>();
  const find = (day: BusinessDay) => {
    const version = versionOn(versions, { county: countyCode, day, isYearly: policy.isYearly });
    if (!version) return null;
    const found = known.get(version.id) ?? toInForce(policy, version);
    known.set(version.id, found);
    return found;
  };
  const on = (day: BusinessDay) => {
    const found = find(day);
    if (!found) throw noneOn(policy, day);
    return found;
  };
  const timeline = () => {
    const days = [...new Set(versions.map(({ validFrom }) => validFrom))].toSorted();
    return [...new Set(days.flatMap((day) => find(day) ?? []))];
  };
  return { find, on, timeline };
}

/** The approved versions that count in a county. */
const inCounty = (read: ReadSql<PolicyTables>, countyCode: string, key: string) =>
  read
    .selectFrom('policy as p')
    .where('p.key', '=', key)
    .where('p.state', '=', 'approved')
    .where((eb) =>
      eb.or([
        eb('p.county_code', '=', countyCode),
        eb.and([
          eb('p.county_code', 'is', null),
          eb(eb.fn<boolean>('starts_with', [eb.val(countyCode), 'p.region']), 'is', true),
        ]),
      ]),
    )
    .select(['p.id', 'p.valid_from as validFrom', 'p.document', 'p.paragraph', 'p.version', 'p.value'])
    .select(['p.county_code as countyCode', 'p.region']);

const toInForce = <Value>(
  { schema }: Policy<Value>,
  { id, validFrom, document, paragraph, version, value }: PolicyInForce<unknown>,
): PolicyInForce<Value> => ({ id, validFrom, document, paragraph, version, value: schema.parse(value) });

const noneOn = ({ label, isYearly }: Policy, day: BusinessDay) =>
  isYearly
    ? new DomainError('POLICY_YEAR_MISSING', { policy: label.zh, policyEn: label.en, year: day.slice(0, 4) })
    : new DomainError('POLICY_NONE', { day });

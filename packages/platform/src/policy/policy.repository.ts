import type { Policy } from '@bangfu/contracts/core/policy';
import type { PolicyVersion } from '@bangfu/contracts/core/policy-operations';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { changedFields, type PolicyCalendar, type PolicyPeriod, versionOn } from '@bangfu/domain/shared/policy';
import { addDays, type BusinessDay } from '@bangfu/domain/shared/time';
import { notFound } from '../http/refusal.ts';
import type { PolicyTables } from './table.ts';

/** A version as it is kept: its value as the policy declares it today, with the accounts for the rule of different people. */
export interface PolicyRecord extends PolicyPeriod, Omit<PolicyVersion, 'changes' | 'shippedFor' | 'validFrom'> {
  readonly draftedById: string;
  readonly approvedById: string | null;
}

/** The versions that count in a county, the latest day first: its own, and the shipped ones of its divisions. */
const versionRows = (read: ReadSql<PolicyTables>, countyCode: string) =>
  read
    .selectFrom('policy as p')
    .where((eb) =>
      eb.or([
        eb('p.county_code', '=', countyCode),
        eb.and([
          eb('p.county_code', 'is', null),
          eb(eb.fn<boolean>('starts_with', [eb.val(countyCode), 'p.region']), 'is', true),
        ]),
      ]),
    )
    .select([
      'p.id',
      'p.key as policy',
      'p.county_code as countyCode',
      'p.region',
      'p.valid_from',
      'p.value',
      'p.document',
    ])
    .select(['p.paragraph', 'p.state', 'p.drafted_by as draftedById', 'p.drafted_by_name as draftedBy', 'p.drafted_at'])
    .select(['p.approved_by as approvedById', 'p.approved_by_name as approvedBy', 'p.approved_at'])
    .select(['p.withdrawn_by_name as withdrawnBy', 'p.withdrawn_reason as withdrawnReason', 'p.version'])
    .orderBy('p.valid_from', 'desc')
    .orderBy('p.county_code', (order) => order.asc().nullsLast())
    .orderBy((eb) => eb.fn('length', ['p.region']), 'desc')
    .orderBy('p.id', 'desc');

type VersionRow = Awaited<ReturnType<ReturnType<typeof versionRows>['execute']>>[number];

const toRecord = (policy: Policy, row: VersionRow): PolicyRecord => {
  const { valid_from, drafted_at, approved_at, value, ...rest } = row;
  return {
    ...rest,
    validFrom: valid_from as BusinessDay,
    value: policy.schema.parse(value),
    draftedAt: drafted_at.toISOString(),
    approvedAt: approved_at?.toISOString() ?? null,
  };
};

/** All versions of a policy that count in a county, drafts and withdrawn ones too, the latest day first. */
export async function versionsOf(
  read: ReadSql<PolicyTables>,
  countyCode: string,
  policy: Policy,
): Promise<PolicyRecord[]> {
  const rows = await versionRows(read, countyCode).where('p.key', '=', policy.key).execute();
  return rows.map((row) => toRecord(policy, row));
}

/** The key of one of the county's own versions, locked for a change. @throws Refusal 404 */
export async function lockVersion(
  sql: ReadSql<PolicyTables>,
  countyCode: string,
  id: string,
): Promise<{ readonly key: string }> {
  const row = await sql
    .selectFrom('policy as p')
    .where('p.id', '=', id)
    .where('p.county_code', '=', countyCode)
    .select('p.key')
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

const isApproved = ({ state }: PolicyRecord) => state === 'approved';

/** What a version is drafted or approved against. */
export function calendarOf(policy: Policy, versions: readonly PolicyRecord[], today: BusinessDay): PolicyCalendar {
  const approved = versions.filter(isApproved);
  const days = (of: readonly PolicyRecord[]) => of.map(({ validFrom }) => validFrom);
  return {
    today,
    isYearly: policy.isYearly,
    approvedDays: days(approved),
    ownDays: days(approved.filter(({ countyCode }) => countyCode !== null)),
  };
}

/** A version as the contract shows it, with what it changes of the one in force before its day. */
export function toVersion(version: PolicyRecord, versions: readonly PolicyRecord[], county: string): PolicyVersion {
  const { draftedById: _drafter, approvedById: _approver, countyCode, region, ...shown } = version;
  const before = versionOn(versions.filter(isApproved), {
    // Of a shipped version the former one is a shipped one too.
    county: countyCode === null ? region : county,
    day: addDays(version.validFrom, -1),
    isYearly: false,
  });
  return {
    ...shown,
    shippedFor: countyCode === null ? region : null,
    changes: changedFields(before?.value ?? null, version.value),
  };
}

import type { Policy } from '@bangfu/contracts/core/policy';
import { versionOn } from '@bangfu/domain/shared/policy';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { onServer } from '@bangfu/testkit/postgres';
import type { ServedPolicies } from '../service.ts';

interface Version {
  readonly id: string;
  readonly key: string;
  readonly countyCode: string | null;
  readonly region: string;
  readonly validFrom: BusinessDay;
  readonly approvedOn: BusinessDay;
}

const VERSIONS = `SELECT id, key, county_code AS "countyCode", region, to_char(valid_from, 'YYYY-MM-DD') AS "validFrom",
  approved_at AS "approvedAt" FROM platform.policy WHERE state = 'approved'`;

/** The columns of a service's tables that keep the version of a policy. */
const COLUMNS = `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
  WHERE table_schema = 'public' AND column_name LIKE '%policy_id' ORDER BY 1`;

/** The places where verdicts are kept, each with the policies by which they are decided. */
function placesOf({ uses }: ServedPolicies) {
  const all = Object.entries(uses).flatMap(([key, kept]) =>
    typeof kept === 'string' ? [] : kept.map((place) => ({ ...place, key })),
  );
  const byColumn = Map.groupBy(all, ({ table, column }) => `${table}.${column}`);
  return [...byColumn].map(([name, each]) => {
    const [table = '', column = ''] = name.split('.');
    return { name, table, column, each };
  });
}

/** What of a service's declared verdicts does not agree with its policies and its tables. */
export async function undeclaredVerdicts(url: string, policies: ServedPolicies): Promise<string[]> {
  const keys = policies.declared.policies.map(({ key }) => key);
  const known = new Set(placesOf(policies).map(({ name }) => name));
  const columns = await onServer(url, async (client) => (await client.query<{ name: string }>(COLUMNS)).rows);
  const there = new Set(columns.map(({ name }) => name));
  return [
    ...keys.filter((key) => !(key in policies.uses)).map((key) => `${key}: it is not said where its verdicts are kept`),
    ...Object.keys(policies.uses).flatMap((key) => (keys.includes(key) ? [] : [`${key}: there is no such policy`])),
    ...[...known].filter((name) => !there.has(name)).map((name) => `${name}: there is no such column`),
    ...[...there].filter((name) => !known.has(name)).map((name) => `${name}: its policy is not declared`),
  ];
}

/**
 * The rows of a service's tables that were decided by a policy and do not lead to the version in force on their day. A
 * version that was approved on that very day may have come after the decision.
 * @param former columns whose rows may have none, `table.column`
 */
export async function verdictFaults(
  url: string,
  policies: ServedPolicies,
  former: readonly string[] = [],
): Promise<string[]> {
  return onServer(url, async (client) => {
    const { rows } = await client.query<Omit<Version, 'approvedOn'> & { approvedAt: Date }>(VERSIONS);
    const versions = rows.map(({ approvedAt, ...row }): Version => ({ ...row, approvedOn: businessDayOf(approvedAt) }));
    const byKey = new Map(policies.declared.policies.map((policy) => [policy.key, policy]));
    const faults: string[] = [];
    for (const { name, table, column, each } of placesOf(policies)) {
      for (const { key, day, where = 'true', mayLack } of each) {
        const { rows: kept } = await client.query<{ id: string | null; county: string; day: BusinessDay }>(
          `SELECT DISTINCT t.${column} AS id, t.county_code AS county, to_char(${day}, 'YYYY-MM-DD') AS day
           FROM ${table} AS t WHERE ${where}`,
        );
        for (const row of kept) {
          const own = versions.find(({ id }) => id === row.id);
          const policy = byKey.get(key);
          if (row.id === null) {
            if (!mayLack && !former.includes(name)) faults.push(`${name}: a row has no version`);
          } else if (own?.key !== key || !policy) faults.push(`${name}: ${row.id} is no version of ${key}`);
          else if (!isInForce(policy, versions, own, row))
            faults.push(`${name}: ${row.id} was not in force on ${row.day}`);
        }
      }
      const decided = each.map(({ where = 'true' }) => `(${where})`).join(' OR ');
      const { rowCount } = await client.query(
        `SELECT FROM ${table} AS t WHERE t.${column} IS NOT NULL AND (${decided}) IS NOT TRUE LIMIT 1`,
      );
      if (rowCount !== 0) faults.push(`${name}: a row has a version that no policy decides`);
    }
    return faults;
  });
}

function isInForce(
  { key, isYearly }: Policy,
  versions: readonly Version[],
  own: Version,
  { county, day }: { readonly county: string; readonly day: BusinessDay },
): boolean {
  const known = versions.filter((each) => each.key === key && (each.id === own.id || each.approvedOn < day));
  return versionOn(known, { county, day, isYearly })?.id === own.id;
}

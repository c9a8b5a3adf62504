import type { Transaction } from '@bangfu/data/typed-sql';
import { countyOf, type RegionCode } from '@bangfu/domain/shared/region';
import { followGrantScope, type RegionMove } from '@bangfu/domain/shared/region-change';
import { type RegionChanged, regionChanged } from '@bangfu/events/catalog/identification';
import { followedGrants } from '../features/accounts/followed-grants.ts';
import { reaction, type Tables } from '../operations.ts';

/** The divisions of the read copy as a change leaves them. */
async function followDivisions({ sql }: Transaction<Tables>, { codes }: RegionChanged): Promise<void> {
  const gone = codes.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
  await sql.deleteFrom('region').where('code', 'in', gone).execute();
  const lines = codes.flatMap(({ to, ...line }) => (to === null ? [] : [{ ...line, to }]));
  const rows = [...new Map(lines.map((line) => [line.to, line])).values()].map((line) => ({
    id: line.id,
    county_code: countyOf(line.to as RegionCode),
    code: line.to,
    level: line.level,
    name: line.name,
    parent_code: line.parentCode,
  }));
  if (rows.length > 0) await sql.insertInto('region').values(rows).execute();
}

/** The keys that act with some grants only go on with what these have become. */
async function followKeys({ sql }: Transaction<Tables>, moves: readonly RegionMove[]): Promise<void> {
  const keys = await sql
    .selectFrom('api_key')
    .where('withdrawn_at', 'is', null)
    .where('grants', 'is not', null)
    .select(['id', 'grants'])
    .execute();
  for (const { id, grants } of keys) {
    const followed = (grants ?? []).map((grant) => ({ grant, scopes: followGrantScope(grant.scope, moves) }));
    if (followed.every(({ scopes }) => scopes === null)) continue;
    const next = followed.flatMap(({ grant, scopes }) =>
      (scopes ?? [grant.scope]).map((scope) => ({ ...grant, scope })),
    );
    await sql
      .updateTable('api_key')
      .set({ grants: JSON.stringify(next) })
      .where('id', '=', id)
      .execute();
  }
}

/**
 * Follows a change of divisions: the read copy, and each grant, which keeps exactly the villages that it had. A scope that
 * one code no longer says goes on as several grants; one whose villages were all merged with others ends.
 */
export const onRegionChanged = reaction(regionChanged, async ({ tx, events, kit, now, as }) => {
  for (const event of events) {
    const { codes: moves, changeId, document } = event.data;
    const { audit, caller } = as(event, { id: 'followRegionChange', status: 200, audit: 'gateway.grants.followed' });
    audit.nothing();
    await followDivisions(tx, event.data);
    for (const { grant, scopes } of await followedGrants(tx.sql, moves, now)) {
      const [first, ...further] = scopes.map((scope) => JSON.stringify(scope));
      await tx.sql
        .updateTable('account_grant')
        .set(
          first === undefined
            ? { withdrawn_at: now, withdrawn_by: caller.id, withdrawn_by_name: caller.name }
            : { scope: first },
        )
        .where('id', '=', grant.id)
        .execute();
      for (const scope of further) await copyGrant(tx, grant.id, kit.newId(now), scope);
      audit.entry('account', grant.accountId, {
        before: { grantId: grant.id, role: grant.role, scope: grant.scope },
        after: { scopes },
        changeId,
        document,
      });
    }
    await followKeys(tx, moves);
  }
});

/** Gives a grant again over another scope, by who gave and confirmed it and when. */
async function copyGrant({ sql }: Transaction<Tables>, of: string, id: string, scope: string): Promise<void> {
  const { recorded_at: _, ...grant } = await sql
    .selectFrom('account_grant')
    .selectAll()
    .where('id', '=', of)
    .executeTakeFirstOrThrow();
  await sql
    .insertInto('account_grant')
    .values({ ...grant, id, scope })
    .execute();
}

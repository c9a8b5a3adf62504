import { sql, type SqlBool } from 'kysely';
import type { CaseCall } from '../cases/case-call.ts';

/**
 * Ends the notices in which no case hangs any more: closed when at least one served its time in it, lapsed when all
 * left it before (sent back, withdrawn, an objection upheld).
 */
export async function settleNotices({ tx, caller, now }: CaseCall, noticeIds: readonly string[]): Promise<void> {
  if (noticeIds.length === 0) return;
  // Two commands may take the last two cases out at once; the later one must see what the earlier did.
  for (const id of noticeIds.toSorted()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))::text`.execute(tx.sql);
  }
  const ended = await tx.sql
    .selectFrom('notice as n')
    .where('n.id', 'in', noticeIds)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('case_file as c').whereRef('c.notice_id', '=', 'n.id').select('c.id'))),
    )
    .select(['n.id', 'n.county_code'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('notice_case as e')
            .innerJoin('case_event as v', 'v.case_id', 'e.case_id')
            .whereRef('e.notice_id', '=', 'n.id')
            .where(
              ({ ref }) => sql<SqlBool>`${ref('v.event')}->>'type' = 'noticeClosed'
                and (${ref('v.event')}->>'at')::timestamptz >= ${ref('n.opened_at')}`,
            )
            .select('e.case_id'),
        )
        .$castTo<boolean>()
        .as('served'),
    )
    .execute();
  if (ended.length === 0) return;
  await tx.sql
    .insertInto('notice_status')
    .values(
      ended.map(({ id, county_code, served }) => ({
        notice_id: id,
        position: 2,
        county_code,
        status: served ? ('closed' as const) : ('lapsed' as const),
        at: now,
        account_id: caller.id,
        account_name: caller.name,
      })),
    )
    .execute();
}

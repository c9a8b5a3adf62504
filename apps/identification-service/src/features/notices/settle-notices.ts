import type { Sql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';

/**
 * Ends the notices in which no case hangs any more: closed when at least one served its time in it, lapsed when all
 * left it before (sent back, withdrawn, an objection upheld).
 */
export async function settleNotices(sql: Sql, actor: Actor, noticeIds: readonly string[]): Promise<void> {
  if (noticeIds.length === 0) return;
  // Two commands may take the last two cases out at once; the later one must see what the earlier did.
  await sql.query(
    `SELECT count(pg_advisory_xact_lock(hashtextextended(id, 0))) FROM (SELECT unnest($1::text[]) AS id ORDER BY 1) n`,
    [[...noticeIds]],
  );
  await sql.query(
    `INSERT INTO notice_status (notice_id, position, county_code, status, at, account_id, account_name)
     SELECT n.id, 2, n.county_code,
       CASE WHEN EXISTS (SELECT 1 FROM notice_case e JOIN case_event v ON v.case_id = e.case_id
         WHERE e.notice_id = n.id AND v.event->>'type' = 'noticeClosed' AND (v.event->>'at')::timestamptz >= n.opened_at)
         THEN 'closed' ELSE 'lapsed' END, $2::timestamptz, $3, $4
     FROM notice n WHERE n.id = ANY ($1::uuid[]) AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.notice_id = n.id)`,
    [[...noticeIds], actor.now.toISOString(), actor.caller.id, actor.caller.name],
  );
}

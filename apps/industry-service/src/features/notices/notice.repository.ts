import type { NoticeVillage } from '@bangfu/domain/industry/declaration';
import type { Sql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import type { DeclarationRow, NoticeRow } from '../declarations/declaration.repository.ts';

/** The villages with households on a declaration, each of which posts its own list. */
export function findVillages(sql: Sql, declarationId: string): Promise<NoticeVillage[]> {
  return sql.query<NoticeVillage>(
    `SELECT village_code AS code, max(village_name) AS name FROM dividend_line
     WHERE declaration_id = $1::uuid GROUP BY village_code ORDER BY village_code`,
    [declarationId],
  );
}

/** Lets the lists of an edition that was passed wait for their posting, one in each village. */
export async function awaitNotices(sql: Sql, declarationId: string): Promise<void> {
  await sql.query(
    `INSERT INTO declaration_notice (id, declaration_id, county_code, revision, village_code, village_name, households,
       total_fen)
     SELECT uuidv7(), d.id, d.county_code, d.revision, l.village_code, max(l.village_name), count(*)::int,
       sum(l.amount_fen)::bigint
     FROM declaration d JOIN dividend_line l ON l.declaration_id = d.id WHERE d.id = $1::uuid GROUP BY d.id, l.village_code`,
    [declarationId],
  );
}

/** Takes back the lists of an edition that were never posted; those that were stay for ever. */
export async function dropWaiting(sql: Sql, declarationId: string, revision: number): Promise<void> {
  await sql.query(
    'DELETE FROM declaration_notice WHERE declaration_id = $1::uuid AND revision = $2::int AND opened_at IS NULL',
    [declarationId, revision],
  );
}

/** Whether a caller acts for a village; a notice for all villages together is the seat's. */
export const actsFor = (caller: Caller, { code }: Pick<NoticeRow, 'code'>, seatCode: string): boolean =>
  regionPrefixes(caller).some((prefix) => (code || seatCode).startsWith(prefix));

/** Why a notice is closed to a caller whatever its state; null when it is of his region. */
export const placeRefusal = (caller: Caller, notice: NoticeRow, seatCode: string) =>
  actsFor(caller, notice, seatCode) ? null : { code: 'NOTICE_ELSEWHERE', params: { village: notice.name } };

/** The notices of a declaration's edition that a caller asks for, all of his own region. @throws Refusal 404 */
export function noticesOf(caller: Caller, row: DeclarationRow, ids: readonly string[]): NoticeRow[] {
  return [...new Set(ids)].map((id) => {
    const notice = row.notices.find((each) => each.id === id);
    if (!notice || !actsFor(caller, notice, row.seatCode)) throw notFound();
    return notice;
  });
}

/** Whether a caller sees the notice of a village: an entity sees all of its own, others those of their region. */
export const seesNotice = (caller: Caller, entityId: string, { code }: Pick<NoticeRow, 'code'>): boolean =>
  code === '' ||
  scopeIds(caller, 'entity').includes(entityId) ||
  regionPrefixes(caller).some((prefix) => code.startsWith(prefix));

/** The notices of an edition that a caller sees. */
export const seenNotices = (caller: Caller, row: DeclarationRow): NoticeRow[] =>
  row.notices.filter((notice) => seesNotice(caller, row.entityId, notice));

/** A list of an earlier edition. */
export interface EarlierRow {
  readonly id: string;
  readonly revision: number;
  readonly villageName: string;
  readonly households: number;
  readonly totalFen: number;
  readonly openedAt: Date;
  readonly verifyNumber: string;
}

/** The lists of earlier editions that a caller sees, newest first. */
export function findSuperseded(sql: Sql, caller: Caller, row: DeclarationRow): Promise<EarlierRow[]> {
  const isOwn = scopeIds(caller, 'entity').includes(row.entityId);
  return sql.query<EarlierRow>(
    `SELECT n.id::text AS id, n.revision, n.village_name AS "villageName", n.households,
       n.total_fen::float8 AS "totalFen", n.opened_at AS "openedAt", n.number AS "verifyNumber"
     FROM declaration_notice n WHERE n.declaration_id = $1::uuid AND n.revision < $2::int AND n.number IS NOT NULL
       AND ($3::text::boolean OR n.village_code = '' OR n.village_code LIKE ANY ($4::text[]))
     ORDER BY n.revision DESC, n.village_code`,
    [row.id, row.revision, String(isOwn), likeAny(regionPrefixes(caller))],
  );
}

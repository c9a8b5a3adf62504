import { inRegions } from '@bangfu/data/scope';
import { instantOf } from '@bangfu/data/instant';
import { sumOf } from '@bangfu/data/sum-of';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import type { NoticeVillage } from '@bangfu/domain/industry/declaration';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Tables } from '../../operations.ts';
import type { DeclarationRow, NoticeRow } from '../declarations/declaration.repository.ts';

/** The villages with households on a declaration, each of which posts its own list. */
export const findVillages = (read: ReadSql<Tables>, declarationId: string): Promise<NoticeVillage[]> =>
  read
    .selectFrom('dividend_line')
    .where('declaration_id', '=', declarationId)
    .groupBy('village_code')
    .orderBy('village_code')
    .select((eb) => ['village_code as code', eb.fn.max('village_name').as('name')])
    .execute();

/** Lets the lists of an edition that was passed wait for their posting, one in each village. */
export async function awaitNotices({ sql }: Transaction<Tables>, declarationId: string): Promise<void> {
  await sql
    .insertInto('declaration_notice')
    .columns([
      'id',
      'declaration_id',
      'county_code',
      'revision',
      'village_code',
      'village_name',
      'households',
      'total_fen',
    ])
    .expression((eb) =>
      eb
        .selectFrom('declaration as d')
        .innerJoin('dividend_line as l', 'l.declaration_id', 'd.id')
        .where('d.id', '=', declarationId)
        .groupBy(['d.id', 'l.village_code'])
        .select(({ fn, ref }) => [
          fn<string>('uuidv7').as('id'),
          'd.id as declaration_id',
          'd.county_code',
          'd.revision',
          'l.village_code',
          fn.max('l.village_name').as('village_name'),
          fn.countAll<number>().as('households'),
          sumOf(ref('l.amount_fen')).as('total_fen'),
        ]),
    )
    .execute();
}

/** Takes back the lists of an edition that were never posted; those that were stay for ever. */
export async function dropWaiting(
  { sql }: Transaction<Tables>,
  declarationId: string,
  revision: number,
): Promise<void> {
  await sql
    .deleteFrom('declaration_notice')
    .where('declaration_id', '=', declarationId)
    .where('revision', '=', revision)
    .where('opened_at', 'is', null)
    .execute();
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

/** The lists of earlier editions that a caller sees, newest first. */
export function findSuperseded(read: ReadSql<Tables>, caller: Caller, row: DeclarationRow) {
  const all = read
    .selectFrom('declaration_notice as n')
    .where('n.declaration_id', '=', row.id)
    .where('n.revision', '<', row.revision)
    .where('n.number', 'is not', null)
    .orderBy('n.revision', 'desc')
    .orderBy('n.village_code')
    .select(['n.id', 'n.revision', 'n.village_name as villageName', 'n.households', 'n.total_fen as totalFen'])
    .select((eb) => [
      instantOf(eb.ref('n.opened_at').$notNull()).as('openedAt'),
      eb.ref('n.number').$notNull().as('verifyNumber'),
    ]);
  const seen = scopeIds(caller, 'entity').includes(row.entityId)
    ? all
    : all.where((eb) =>
        eb.or([eb('n.village_code', '=', ''), inRegions(eb.ref('n.village_code'), regionPrefixes(caller))]),
      );
  return seen.execute();
}

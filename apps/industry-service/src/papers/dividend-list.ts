import type { Sql } from '@bangfu/data/sql';
import { canonicalHashOfList } from '@bangfu/platform/audit/hash';

/** A line of a list as it was posted. */
export interface PostedLine {
  readonly line: number;
  readonly name: string;
  readonly village: string;
  readonly code: string;
  readonly baseFen: number;
  readonly secondFen: number;
  readonly amountFen: number;
}

/** What the list of a village says beside its lines. */
export interface ListContent {
  readonly format: 2;
  readonly number: string;
  readonly notice: string;
  readonly declaration: string;
  readonly revision: number;
  readonly entity: string;
  readonly contract: string;
  readonly year: number;
  readonly from: string;
  readonly to: string;
  readonly village: string;
  readonly villageName: string;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly requiredDays: number;
}

/** What a list for all villages together said beside its lines, as they once were. */
export interface OldListContent {
  readonly format?: undefined;
  readonly revision: number;
  readonly entity: string;
}

const LINE = `line_number AS line, head_name AS name, village_name AS village, village_code AS code, base_fen::float8 AS "baseFen",
  second_fen::float8 AS "secondFen", amount_fen::float8 AS "amountFen"`;

/** The lines of a notice as they were posted. */
export function findPosted(sql: Sql, noticeId: string): Promise<PostedLine[]> {
  return sql.query<PostedLine>(`SELECT ${LINE} FROM posted_line WHERE notice_id = $1::uuid ORDER BY line_number`, [
    noticeId,
  ]);
}

/** The lines a declaration has now of a village, or of all; those that corrections added later were on no list. */
export function findDeclared(sql: Sql, declarationId: string, villageCode: string): Promise<PostedLine[]> {
  return sql.query<PostedLine>(
    `SELECT ${LINE} FROM dividend_line WHERE declaration_id = $1::uuid AND replaces IS NULL
       AND ($2 = '' OR village_code = $2) ORDER BY line_number`,
    [declarationId, villageCode],
  );
}

/** The hash of what the list of a village says: everything that stands on it (architecture, decision 7). */
export async function listHash(content: ListContent, lines: readonly PostedLine[]): Promise<string> {
  const head = { ...content, format: 'bangfu-dividend-notice/2' };
  return (await canonicalHashOfList(head, 'lines', lines)).toString('hex');
}

/** The hash of a list for all villages together: names, villages and amounts by line number. */
export async function oldListHash(
  notice: { readonly entity: string; readonly year: number; readonly openedAt: Date },
  lines: readonly PostedLine[],
): Promise<string> {
  const { entity, year, openedAt } = notice;
  const posted = lines.map(({ line, name, village, amountFen }) => ({ line, name, village, amountFen }));
  const head = { format: 'bangfu-dividend-notice/1', entity, year, openedAt: openedAt.toISOString() };
  return (await canonicalHashOfList(head, 'lines', posted)).toString('hex');
}

/** What the public page calls the list. */
export const listSubject = ({
  entity,
  year,
  villageName,
}: Pick<ListContent, 'entity' | 'year' | 'villageName'>): string => `${entity} ${year} 年度${villageName}分红清单`;
export const oldListSubject = ({ entity, year }: { readonly entity: string; readonly year: number }): string =>
  `${entity} ${year} 年度分红清单`;

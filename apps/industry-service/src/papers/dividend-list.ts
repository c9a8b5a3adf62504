import type { PolicyBasis } from '@bangfu/contracts/core/policy-basis';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { canonicalHashOfList } from '@bangfu/platform/audit/hash';
import type { Tables } from '../operations.ts';

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

/** What the list of a village says besides its lines. */
export interface ListContent extends Omit<FormerListContent, 'format'> {
  readonly format: 3;
  /** By which its days were set. */
  readonly basis: PolicyBasis;
}

/** The same before it said by which version of a policy its days were set. */
export interface FormerListContent {
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

/** What a list for all villages together said besides its lines, as they once were. */
export interface OldListContent {
  readonly format?: undefined;
  readonly revision: number;
  readonly entity: string;
}

/** The lines of a notice as they were posted. */
export const findPosted = (read: ReadSql<Tables>, noticeId: string): Promise<PostedLine[]> =>
  read
    .selectFrom('posted_line')
    .where('notice_id', '=', noticeId)
    .orderBy('line_number')
    .select(['line_number as line', 'head_name as name', 'village_name as village', 'village_code as code'])
    .select(['base_fen as baseFen', 'second_fen as secondFen', 'amount_fen as amountFen'])
    .execute();

/** The lines a declaration has now of a village, or of all; those that corrections added later were on no list. */
export function findDeclared(read: ReadSql<Tables>, declarationId: string, villageCode: string): Promise<PostedLine[]> {
  const all = read
    .selectFrom('dividend_line')
    .where('declaration_id', '=', declarationId)
    .where('replaces', 'is', null)
    .orderBy('line_number')
    .select(['line_number as line', 'head_name as name', 'village_name as village', 'village_code as code'])
    .select(['base_fen as baseFen', 'second_fen as secondFen', 'amount_fen as amountFen']);
  return (villageCode === '' ? all : all.where('village_code', '=', villageCode)).execute();
}

/** The hash of what the list of a village says: everything that stands on it (architecture, decision 7). */
export async function listHash(
  content: ListContent | FormerListContent,
  lines: readonly PostedLine[],
): Promise<string> {
  const head = { ...content, format: `bangfu-dividend-notice/${content.format}` };
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

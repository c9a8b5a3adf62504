import { isDeepStrictEqual } from 'node:util';
import type { IncomeStatement, SEALS } from '@bangfu/contracts/industry/statements';
import type { Sql } from '@bangfu/data/sql';
import { canonicalHash, inSlices } from '@bangfu/platform/audit/hash';
import { instant } from '@bangfu/data/instant';
import {
  findDeclared,
  findPosted,
  type ListContent,
  listHash,
  listSubject,
  type OldListContent,
  oldListHash,
  oldListSubject,
  type PostedLine,
} from './dividend-list.ts';

/** What a statement says. Those issued before all of it was sealed have no format. */
export type StatementContent = Omit<IncomeStatement, 'issued'> & { readonly format?: 2 };

/** An issued paper with all that is kept of it. */
export type IssuedPaper = {
  readonly number: string;
  readonly subjectId: string;
  readonly villageCode: string;
  readonly subject: string;
  readonly issuedBy: string;
  readonly issuedAt: Date;
  readonly totalFen: number;
  readonly lines: number;
  readonly contentHash: string;
} & (
  | { readonly kind: 'income-statement'; readonly content: StatementContent }
  | { readonly kind: 'dividend-list'; readonly content: ListContent | OldListContent }
);

/** The columns of `issued_paper` as code names them. */
export const PAPER_COLUMNS = `number, kind, subject_id::text AS "subjectId", village_code AS "villageCode", subject, content,
  issued_by AS "issuedBy", issued_at AS "issuedAt", total_fen::float8 AS "totalFen", lines, content_hash AS "contentHash"`;

/** Which payments a statement says, of which year, how much, when: what all statements were sealed by at first. */
export function statementFacts(lines: IncomeStatement['lines']): string {
  const facts = lines.map(({ lineId, year, amountFen, paidOn }) => ({ lineId, year, amountFen, paidOn }));
  return canonicalHash({ format: 'bangfu-income-statement/1', lines: facts }).toString('hex');
}

/** The hash of everything a statement says, with its number, where, by whom and when it was issued. */
export function statementHash(
  issued: Pick<IssuedPaper, 'number' | 'villageCode' | 'issuedBy' | 'issuedAt'>,
  content: StatementContent,
): string {
  const { number, villageCode, issuedBy, issuedAt } = issued;
  const envelope = { number, villageCode, issuedBy, issuedAt: issuedAt.toISOString() };
  return canonicalHash({ ...content, ...envelope, format: 'bangfu-income-statement/2' }).toString('hex');
}

/** A name as a public page may show it: the first character. */
function publicName(name: string): string {
  return `${[...name][0] ?? ''}${'*'.repeat(Math.max(1, [...name].length - 1))}`;
}

/** What the public page calls a statement. */
export const statementSubject = (of: Pick<StatementContent, 'townshipName' | 'villageName' | 'headName'>): string =>
  `${of.townshipName}${of.villageName} ${publicName(of.headName)} 户产业收益对账单`;

/**
 * What was found of a paper: `intact`, everything that it says was computed again from what is stored and gives the hash
 * it was issued with; `broken`, something of it does not; `unknown`, what it said is not stored any more.
 */
export type Seal = (typeof SEALS)[number];

/** Computes a paper again from what is stored. */
export async function sealOf(sql: Sql, paper: IssuedPaper): Promise<Seal> {
  try {
    return paper.kind === 'income-statement' ? sealOfStatement(paper) : await sealOfList(sql, paper);
  } catch (error) {
    // What is not even of the form of such a paper was changed.
    if (error instanceof TypeError) return 'broken';
    throw error;
  }
}

function sealOfStatement(paper: IssuedPaper & { kind: 'income-statement' }): Seal {
  const { content, contentHash, lines, totalFen } = paper;
  const hash = content.format === 2 ? statementHash(paper, content) : statementFacts(content.lines);
  const sum = content.lines.reduce((all, { amountFen }) => all + amountFen, 0);
  const isSame =
    hash === contentHash &&
    content.lines.length === lines &&
    sum === totalFen &&
    content.totalFen === totalFen &&
    content.householdId === paper.subjectId &&
    statementSubject(content) === paper.subject;
  return isSame ? 'intact' : 'broken';
}

interface StoredNotice {
  readonly id: string;
  readonly declaration: string;
  readonly revision: number;
  readonly village: string;
  readonly villageName: string;
  readonly households: number;
  readonly totalFen: number;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly requiredDays: number;
  readonly contentHash: string;
  readonly year: number;
  /** Whether the declaration still is what was posted. */
  readonly isCurrent: boolean;
}

async function findNotice(sql: Sql, number: string): Promise<StoredNotice | undefined> {
  const [notice] = await sql.query<StoredNotice>(
    `SELECT n.id::text AS id, n.declaration_id::text AS declaration, n.revision, n.village_code AS village,
       n.village_name AS "villageName", n.households, n.total_fen::float8 AS "totalFen",
       ${instant('n.opened_at')} AS "openedAt", n.opened_by AS "openedBy", n.required_days AS "requiredDays",
       n.content_hash AS "contentHash", d.year, n.revision = d.revision AS "isCurrent"
     FROM declaration_notice n JOIN declaration d ON d.id = n.declaration_id WHERE n.number = $1`,
    [number],
  );
  return notice;
}

async function sealOfList(sql: Sql, paper: IssuedPaper & { kind: 'dividend-list' }): Promise<Seal> {
  const notice = await findNotice(sql, paper.number);
  if (!notice) return 'unknown';
  const posted = await findPosted(sql, notice.id);
  if (posted.length === 0) return 'unknown';
  const { content } = paper;
  const { year } = notice;
  const isNew = content.format === 2;
  const hash = await (isNew
    ? listHash(content, posted)
    : oldListHash({ entity: content.entity, year, openedAt: paper.issuedAt }, posted));
  const subject = isNew ? listSubject(content) : oldListSubject({ entity: content.entity, year });
  const stored = isNew
    ? {
        notice: notice.id,
        declaration: notice.declaration,
        revision: notice.revision,
        year,
        village: notice.village,
        villageName: notice.villageName,
        openedAt: notice.openedAt,
        openedBy: notice.openedBy,
        requiredDays: notice.requiredDays,
        number: paper.number,
      }
    : { revision: notice.revision };
  const isSame =
    hash === paper.contentHash &&
    hash === notice.contentHash &&
    subject === paper.subject &&
    paper.subjectId === notice.declaration &&
    (!isNew || paper.villageCode === content.village) &&
    paper.issuedBy === notice.openedBy &&
    paper.issuedAt.toISOString() === notice.openedAt &&
    [paper.lines, notice.households].every((count) => count === posted.length) &&
    [paper.totalFen, notice.totalFen].every(
      (sum) => sum === posted.reduce((all, { amountFen }) => all + amountFen, 0),
    ) &&
    isDeepStrictEqual({ ...content, ...stored }, { ...content });
  if (!isSame) return 'broken';
  // While the edition stands, what is paid is what was posted.
  if (!notice.isCurrent) return 'intact';
  const declared = await findDeclared(sql, notice.declaration, notice.village);
  return (await areSame(declared, posted)) ? 'intact' : 'broken';
}

/** Whether two lists are equal line by line. */
async function areSame(declared: readonly PostedLine[], posted: readonly PostedLine[]): Promise<boolean> {
  let at = 0;
  for await (const slice of inSlices(declared)) {
    if (!isDeepStrictEqual(slice, posted.slice(at, at + slice.length))) return false;
    at += slice.length;
  }
  return at === posted.length;
}

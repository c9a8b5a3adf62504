import { isDeepStrictEqual } from 'node:util';
import type { IncomeStatement, SEALS } from '@bangfu/contracts/industry/statements';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { canonicalHash, inSlices } from '@bangfu/platform/audit/hash';
import { policyBasis } from '@bangfu/platform/policy/policy-basis';
import type { Tables } from '../operations.ts';
import {
  findDeclared,
  findPosted,
  type FormerListContent,
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
  | { readonly kind: 'dividend-list'; readonly content: ListContent | FormerListContent | OldListContent }
);

/** Papers as they are kept. */
export const issuedPapers = (read: ReadSql<Tables>) =>
  read
    .selectFrom('issued_paper as p')
    .select(['p.number', 'p.kind', 'p.subject_id as subjectId', 'p.village_code as villageCode', 'p.subject'])
    .select(['p.content', 'p.issued_by as issuedBy', 'p.issued_at as issuedAt', 'p.total_fen as totalFen', 'p.lines'])
    .select('p.content_hash as contentHash');

/** A kept paper by its kind. What it says is of its form unless somebody changed it. */
export const paperOf = ({
  kind,
  content,
  ...paper
}: Awaited<ReturnType<ReturnType<typeof issuedPapers>['executeTakeFirstOrThrow']>>): IssuedPaper =>
  kind === 'income-statement'
    ? { ...paper, kind, content: content as StatementContent }
    : { ...paper, kind, content: content as ListContent | FormerListContent | OldListContent };

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
export async function sealOf(read: ReadSql<Tables>, paper: IssuedPaper): Promise<Seal> {
  try {
    return paper.kind === 'income-statement' ? sealOfStatement(paper) : await sealOfList(read, paper);
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

/** The posting of a paper, and whether the declaration still is what was posted. */
const findNotice = (read: ReadSql<Tables>, number: string) =>
  read
    .selectFrom('declaration_notice as n')
    .innerJoin('declaration as d', 'd.id', 'n.declaration_id')
    .where('n.number', '=', number)
    .select(['n.id', 'n.declaration_id as declaration', 'n.revision', 'n.village_code as village'])
    .select(['n.village_name as villageName', 'n.households', 'n.total_fen as totalFen', 'n.opened_by as openedBy'])
    .select(['n.required_days as requiredDays', 'n.content_hash as contentHash', 'd.year'])
    .select((eb) => [
      instantOf(eb.ref('n.opened_at')).as('openedAt'),
      policyBasis(eb.ref('n.policy_id')).as('basis'),
      eb('n.revision', '=', eb.ref('d.revision')).as('isCurrent'),
    ])
    .executeTakeFirst();

async function sealOfList(read: ReadSql<Tables>, paper: IssuedPaper & { kind: 'dividend-list' }): Promise<Seal> {
  const notice = await findNotice(read, paper.number);
  if (!notice) return 'unknown';
  const posted = await findPosted(read, notice.id);
  if (posted.length === 0) return 'unknown';
  const { content } = paper;
  const { year } = notice;
  const isNew = content.format !== undefined;
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
        ...(content.format === 3 ? { basis: notice.basis } : {}),
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
  const declared = await findDeclared(read, notice.declaration, notice.village);
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

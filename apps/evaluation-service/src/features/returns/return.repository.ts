import type { QueryOf } from '@bangfu/contracts/core/operation';
import type { listReturnFiles, ReturnFile } from '@bangfu/contracts/evaluation/returns';
import { insertMany } from '@bangfu/data/insert-many';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import type { FiledReturn, IntakeProblem } from '@bangfu/domain/evaluation/intake';
import { QUESTIONNAIRE } from '@bangfu/domain/evaluation/questionnaire';
import type { HouseholdReturn } from '@bangfu/domain/evaluation/return';
import { notFound } from '@bangfu/platform/http/refusal';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import type { ListIssue } from '@bangfu/platform/spreadsheet/read-list';
import type { Tables } from '../../operations.ts';

const files = (read: ReadSql<Tables>) => read.selectFrom('return_file').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof files>['executeTakeFirstOrThrow']>>;

/** A file of returns in the contract's shape. */
const shown = (row: Row): ReturnFile => ({
  id: row.id,
  fileName: row.file_name,
  sha256: row.sha256,
  size: row.size,
  signed: row.signer === null ? null : signedOf({ ...row, signer: row.signer }),
  rows: row.rows,
  accepted: row.accepted,
  refused: row.refused,
  problems: row.problems,
  receivedAt: row.received_at.toISOString(),
  accountName: row.account_name,
});

const signedOf = (row: Row & { readonly signer: string }) => ({
  workbook: row.workbook_name ?? '',
  sha256: row.workbook_sha256 ?? '',
  fingerprint: row.signer,
  signedAt: row.signed_at?.toISOString() ?? '',
});

const ORDER = orderOf<QueryOf<typeof listReturnFiles>>()(files, ({ name, number, instant, id }) => ({
  columns: {
    fileName: name('file_name'),
    size: number('size'),
    rows: number('rows'),
    accepted: number('accepted'),
    refused: number('refused'),
    problems: number('problems'),
    receivedAt: instant('received_at'),
    accountName: name('account_name'),
  },
  // Ids are ordered by time.
  own: [{ ...id('id'), down: true }],
}));

/** One page of the files of an evaluation's returns, newest first. */
export async function findReturnFiles(
  read: ReadSql<Tables>,
  evaluationId: string,
  query: QueryOf<typeof listReturnFiles>,
) {
  const page = await pageOfList(files(read).where('evaluation_id', '=', evaluationId), ORDER, query);
  return { ...page, rows: page.rows.map(shown) };
}

/** Every file of an evaluation's returns. */
export async function loadReturnFiles(read: ReadSql<Tables>, evaluationId: string): Promise<ReturnFile[]> {
  return (await files(read).where('evaluation_id', '=', evaluationId).orderBy('id').execute()).map(shown);
}

/** One file of an evaluation's returns. @throws Refusal 404 */
export async function getReturnFile(read: ReadSql<Tables>, evaluationId: string, fileId: string): Promise<ReturnFile> {
  const row = await files(read).where('evaluation_id', '=', evaluationId).where('id', '=', fileId).executeTakeFirst();
  if (!row) throw notFound();
  return shown(row);
}

/** An accepted return with the place in the file it came in. */
export interface KeptReturn {
  readonly fileId: string;
  readonly row: number;
  readonly answer: HouseholdReturn;
}

/** Every accepted return of an evaluation in the order of receipt. */
export function loadReturns(read: ReadSql<Tables>, evaluationId: string): Promise<KeptReturn[]> {
  return read
    .selectFrom('household_return')
    .select(['file_id as fileId', 'row_number as row', 'answer'])
    .where('evaluation_id', '=', evaluationId)
    .orderBy('file_id')
    .orderBy('row_number')
    .execute();
}

/** Keeps accepted rows as they are in their file. */
export function storeReturns(
  { sql }: Transaction<Tables>,
  place: { evaluationId: string; fileId: string; countyCode: string },
  accepted: readonly FiledReturn[],
): Promise<void> {
  const rows = accepted.map(({ row, answer }) => ({
    evaluation_id: place.evaluationId,
    file_id: place.fileId,
    county_code: place.countyCode,
    row_number: row,
    return_id: answer.returnId,
    household_number: answer.householdNumber,
    corrects: answer.corrects ?? null,
    outcome: answer.outcome,
    answer: JSON.stringify(answer),
  }));
  return insertMany(sql, 'household_return', rows);
}

/** Keeps what was wrong with the rows that were not accepted, and what of the file was not read. */
export function storeProblems(
  { sql }: Transaction<Tables>,
  place: { fileId: string; countyCode: string },
  problems: readonly IntakeProblem[],
  warnings: readonly ListIssue[],
): Promise<void> {
  const found = [
    ...problems.map(({ field, ...problem }) => ({ ...problem, column: QUESTIONNAIRE[field] as string })),
    ...warnings.map((issue) => ({ ...issue, household: '' })),
  ];
  const rows = found.map(({ row, column, value, code, household }, position) => ({
    file_id: place.fileId,
    county_code: place.countyCode,
    position,
    row,
    column,
    value: value.slice(0, 200),
    code,
    household: household || null,
  }));
  return insertMany(sql, 'return_problem', rows);
}

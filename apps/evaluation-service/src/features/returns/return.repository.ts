import { instant } from '@bangfu/data/instant';
import type { QueryOf } from '@bangfu/contracts/core/operation';
import {
  type listReturnFiles,
  type ReturnFile,
  ReturnFile as ReturnFileSchema,
} from '@bangfu/contracts/evaluation/returns';
import type { IntakeProblem } from '@bangfu/domain/evaluation/intake';
import { QUESTIONNAIRE } from '@bangfu/domain/evaluation/questionnaire';
import type { FiledReturn } from '@bangfu/domain/evaluation/intake';
import type { HouseholdReturn } from '@bangfu/domain/evaluation/return';
import type { Sql } from '@bangfu/data/sql';
import { byId, byInstant, byName, byNumber, down, listOrder } from '@bangfu/data/list-order';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import type { ListIssue } from '@bangfu/platform/spreadsheet/read-list';

const SHOWN = `jsonb_build_object('id', id, 'fileName', file_name, 'sha256', sha256, 'size', size, 'rows', rows,
  'signed', CASE WHEN signer IS NOT NULL THEN jsonb_build_object('workbook', workbook_name, 'sha256', workbook_sha256,
    'fingerprint', signer, 'signedAt', ${instant('signed_at')}) END,
  'accepted', accepted, 'refused', refused, 'problems', problems,
  'receivedAt', ${instant('received_at')},
  'accountName', account_name) AS shown`;

const ORDER = listOrder<QueryOf<typeof listReturnFiles>>(
  {
    fileName: byName('file_name'),
    size: byNumber('size'),
    rows: byNumber('rows'),
    accepted: byNumber('accepted'),
    refused: byNumber('refused'),
    problems: byNumber('problems'),
    receivedAt: byInstant('received_at'),
    accountName: byName('account_name'),
  },
  // Ids are ordered by time.
  [down(byId('id'))],
);

/** One page of the files of an evaluation's returns, newest first. */
export async function findReturnFiles(sql: Sql, evaluationId: string, query: QueryOf<typeof listReturnFiles>) {
  const list = { columns: SHOWN, from: 'FROM return_file WHERE evaluation_id = $1::uuid', params: [evaluationId] };
  const page = await readPage<{ shown: unknown }>(sql, ORDER, query, list);
  return { ...page, rows: page.rows.map(({ shown }) => ReturnFileSchema.parse(shown)) };
}

/** Every file of an evaluation's returns. */
export async function loadReturnFiles(sql: Sql, evaluationId: string): Promise<ReturnFile[]> {
  const rows = await sql.query<{ shown: unknown }>(
    `SELECT ${SHOWN} FROM return_file WHERE evaluation_id = $1::uuid ORDER BY id`,
    [evaluationId],
  );
  return rows.map(({ shown }) => ReturnFileSchema.parse(shown));
}

/** One file of an evaluation's returns. @throws Refusal 404 */
export async function getReturnFile(sql: Sql, evaluationId: string, fileId: string): Promise<ReturnFile> {
  const [row] = await sql.query<{ shown: unknown }>(
    `SELECT ${SHOWN} FROM return_file WHERE evaluation_id = $1::uuid AND id = $2::uuid`,
    [evaluationId, fileId],
  );
  if (!row) throw notFound();
  return ReturnFileSchema.parse(row.shown);
}

/** An accepted return with the place in the file it came in. */
export interface KeptReturn {
  readonly fileId: string;
  readonly row: number;
  readonly answer: HouseholdReturn;
}

/** Every accepted return of an evaluation in the order of receipt. */
export async function loadReturns(sql: Sql, evaluationId: string): Promise<KeptReturn[]> {
  return sql.query<KeptReturn>(
    `SELECT file_id::text AS "fileId", row_number AS row, answer FROM household_return
     WHERE evaluation_id = $1::uuid ORDER BY file_id, row_number`,
    [evaluationId],
  );
}

/** Keeps accepted rows as they stand in their file. */
export async function storeReturns(
  sql: Sql,
  place: { evaluationId: string; fileId: string; countyCode: string },
  accepted: readonly FiledReturn[],
): Promise<void> {
  await sql.query(
    `INSERT INTO household_return (evaluation_id, file_id, county_code, row_number, return_id, household_number, corrects,
       outcome, answer)
     SELECT $1::uuid, $2::uuid, $3, r::int, a->>'returnId', a->>'householdNumber', a->>'corrects', a->>'outcome', a
     FROM unnest($4::text[], $5::text[]) AS g (r, t), LATERAL (SELECT t::jsonb AS a) j`,
    [
      place.evaluationId,
      place.fileId,
      place.countyCode,
      accepted.map(({ row }) => String(row)),
      accepted.map(({ answer }) => JSON.stringify(answer)),
    ],
  );
}

/** Keeps what was wrong with the rows that were not accepted, and what of the file was not read. */
export async function storeProblems(
  sql: Sql,
  place: { fileId: string; countyCode: string },
  problems: readonly IntakeProblem[],
  warnings: readonly ListIssue[],
): Promise<void> {
  const found = [
    ...problems.map(({ field, ...problem }) => ({ ...problem, column: QUESTIONNAIRE[field] as string })),
    ...warnings.map((issue) => ({ ...issue, household: '' })),
  ];
  await sql.query(
    `INSERT INTO return_problem (file_id, county_code, position, "row", "column", value, code, household)
     SELECT $1::uuid, $2, n - 1, r::int, c, v, k, nullif(h, '')
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) WITH ORDINALITY AS g (r, c, v, k, h, n)`,
    [
      place.fileId,
      place.countyCode,
      found.map(({ row }) => String(row)),
      found.map(({ column }) => column),
      found.map(({ value }) => value.slice(0, 200)),
      found.map(({ code }) => code),
      found.map(({ household }) => household),
    ],
  );
}

import * as contract from '@bangfu/contracts/identification/imports';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { problemText } from '@bangfu/domain/identification/roster/messages';
import { demand } from '@bangfu/domain/shared/errors';
import { noteLook } from '@bangfu/platform/audit/note-look';
import { type MarkedProblem, writeProblemsWorkbook } from '@bangfu/platform/spreadsheet/problems-workbook';
import { sql } from 'kysely';
import { download, type Tables } from '../../../operations.ts';
import { getVisible, shown } from '../import.repository.ts';

const BATCH = 1000;

/** Streams the uploaded workbook back with its problems marked (formats, "What import does" 2). @throws Refusal 404; DomainError IMPORT_FILE_GONE */
export const downloadProblemsWorkbook = download(contract.downloadProblemsWorkbook, async (call) => {
  const { read, caller, params, language, response, kit } = call;
  const roster = await getVisible(read, params.importId, caller);
  demand(roster.state !== 'failed' && roster.state !== 'discarded', 'IMPORT_FILE_GONE');
  await noteLook(call, contract.downloadProblemsWorkbook, {
    recordType: 'import',
    recordId: roster.id,
    change: { file: roster.fileName, sha256: roster.fileSha256 },
  });
  const sheets = shown(roster).report?.sheets ?? [];
  const name = encodeURIComponent(`${roster.fileName.replace(/\.[^.]+$/, '')}-问题.xlsx`);
  response.setHeader('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${name}`);
  const problems = markedProblems(
    read,
    roster.id,
    language,
    sheets.map((sheet) => sheet.name),
  );
  await kit.files.withPlainCopy(roster.fileSha256, (path) =>
    writeProblemsWorkbook(
      response,
      path,
      problems,
      Object.fromEntries(sheets.map((sheet) => [sheet.name, sheet.headerRow])),
    ),
  );
});

/** The problems in the order the workbook is walked: by the sheets as they stand in it, then by row. */
async function* markedProblems(
  read: ReadSql<Tables>,
  importId: string,
  language: 'zh' | 'en',
  sheets: readonly string[],
): AsyncIterable<MarkedProblem> {
  const placed = read
    .selectFrom('import_problem as i')
    .where('i.import_id', '=', importId)
    .select(['i.position', 'i.sheet', 'i.row', 'i.column', 'i.value', 'i.code', 'i.severity', 'i.household'])
    .select(({ ref }) => sql<number>`array_position(${[...sheets]}::text[], ${ref('i.sheet')})`.as('place'));
  let after: readonly [number, number, number] = [0, -1, -1];
  for (;;) {
    const rows = await read
      .selectFrom(placed.as('p'))
      .selectAll()
      .where((eb) => eb(eb.refTuple('p.place', 'p.row', 'p.position'), '>', eb.tuple(...after)))
      .orderBy('p.place')
      .orderBy('p.row')
      .orderBy('p.position')
      .limit(BATCH)
      .execute();
    for (const problem of rows) {
      const { message, suggestion } = problemText(problem, language);
      yield { ...problem, message: `${message}；${suggestion}` };
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = [last.place, last.row, last.position];
  }
}

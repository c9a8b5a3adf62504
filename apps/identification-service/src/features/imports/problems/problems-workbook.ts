import { demand } from '@bangfu/domain/shared/errors';
import { problemText } from '@bangfu/domain/identification/roster/messages';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import type { Caller } from '@bangfu/platform/auth/caller';
import { type MarkedProblem, writeProblemsWorkbook } from '@bangfu/platform/spreadsheet/problems-workbook';
import type { Response } from 'express';
import type { Identification } from '../../../db/client.ts';
import { getVisible, shown } from '../import.repository.ts';

const BATCH = 1000;

/** Streams the uploaded workbook back with its problems marked (formats, "What import does" 2). */
export async function sendProblemsWorkbook(
  service: Identification,
  caller: Caller,
  importId: string,
  language: 'zh' | 'en',
  response: Response,
): Promise<void> {
  const roster = await getVisible(service.prisma, importId, caller);
  demand(roster.state !== 'failed' && roster.state !== 'discarded', 'IMPORT_FILE_GONE');
  const sheets = shown(roster).report?.sheets ?? [];
  const name = encodeURIComponent(`${roster.fileName.replace(/\.[^.]+$/, '')}-问题.xlsx`);
  response.setHeader('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${name}`);
  await service.files.withPlainCopy(roster.fileSha256, (path) =>
    writeProblemsWorkbook(
      response,
      path,
      markedProblems(
        service,
        importId,
        language,
        sheets.map((sheet) => sheet.name),
      ),
      Object.fromEntries(sheets.map((sheet) => [sheet.name, sheet.headerRow])),
    ),
  );
}

/** The problems in the order the workbook is walked: by the sheets as they stand in it, then by row. */
async function* markedProblems(
  service: Identification,
  importId: string,
  language: 'zh' | 'en',
  sheets: readonly string[],
): AsyncIterable<MarkedProblem> {
  let after: readonly [number, number, number] = [0, -1, -1];
  for (;;) {
    const { rows } = await service.pool.query<RosterProblem & { position: number; place: number }>(
      `SELECT * FROM (SELECT position, array_position($2::text[], sheet) AS place, sheet, "row", "column", value, code,
           severity, household FROM import_problem WHERE import_id = $1::uuid) p
       WHERE (place, "row", position) > ($3, $4, $5) ORDER BY place, "row", position LIMIT $6`,
      [importId, sheets, ...after, BATCH],
    );
    for (const problem of rows) {
      const { message, suggestion } = problemText(problem, language);
      yield { ...problem, message: `${message}；${suggestion}` };
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = [last.place, last.row, last.position];
  }
}

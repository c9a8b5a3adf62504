import { problemText } from '@bangfu/domain/identification/roster/messages';
import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { type MarkedProblem, writeProblemsWorkbook } from '@bangfu/service-kit/spreadsheet/problems-workbook';
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
  const sheets = shown(roster).report?.sheets ?? [];
  const name = encodeURIComponent(`${roster.fileName.replace(/\.[^.]+$/, '')}-问题.xlsx`);
  response.setHeader('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${name}`);
  await service.files.withPlainCopy(roster.fileSha256, (path) =>
    writeProblemsWorkbook(
      response,
      path,
      markedProblems(service, importId, language),
      Object.fromEntries(sheets.map((sheet) => [sheet.name, sheet.headerRow])),
    ),
  );
}

/** The problems in the order the workbook is walked: by sheet as they come, then by row. */
async function* markedProblems(
  service: Identification,
  importId: string,
  language: 'zh' | 'en',
): AsyncIterable<MarkedProblem> {
  let after: [string, number, number] = ['', -1, -1];
  for (;;) {
    const { rows } = await service.pool.query<RosterProblem & { position: number }>(
      `SELECT position, sheet, "row", "column", value, code, severity, household FROM import_problem
       WHERE import_id = $1::uuid AND (sheet, "row", position) > ($2, $3, $4) ORDER BY sheet, "row", position LIMIT $5`,
      [importId, ...after, BATCH],
    );
    for (const problem of rows) {
      const { message, suggestion } = problemText(problem, language);
      yield { ...problem, message: `${message}；${suggestion}` };
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = [last.sheet, last.row, last.position];
  }
}

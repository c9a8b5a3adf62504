import type { FiledReturn } from '@bangfu/domain/evaluation/intake';
import {
  isAnswered,
  type QuestionnaireCells,
  type QuestionnaireField,
  questionnaireHeader,
  readQuestionnaire,
} from '@bangfu/domain/evaluation/questionnaire';
import { demand } from '@bangfu/domain/shared/errors';
import type { SheetRow } from '@bangfu/service-kit/spreadsheet/model';
import { openWorkbook } from '@bangfu/service-kit/spreadsheet/open';

/** Titles may stand above the header; below this row none is looked for. */
const HEADER_SEARCH_ROWS = 10;

/**
 * Reads the answered rows of a file of returns: the first sheet that has the questionnaire's header. Rows without any
 * answer were not used and are passed over. The same file always reads the same.
 * @throws DomainError NOT_A_RETURN_FILE, RETURN_FILE_EMPTY and those of openWorkbook
 */
export async function readReturnFile(path: string): Promise<FiledReturn[]> {
  const workbook = await openWorkbook(path);
  try {
    let missing: readonly string[] | undefined;
    for (const sheet of workbook.sheets) {
      const filed: FiledReturn[] = [];
      let header: ReturnType<typeof questionnaireHeader> | undefined;
      for await (const batch of sheet.rows()) {
        for (const row of batch) {
          if (header) {
            const one = readRow(row, header.at);
            if (one) filed.push(one);
          } else if (row.number <= HEADER_SEARCH_ROWS) {
            const found = questionnaireHeader(row.cells.map((cell) => cell?.text));
            if (found.missing.length === 0) header = found;
            else if (!missing || found.missing.length < missing.length) missing = found.missing;
          }
        }
      }
      if (!header) continue;
      demand(filed.length > 0, 'RETURN_FILE_EMPTY');
      return filed;
    }
    demand(false, 'NOT_A_RETURN_FILE', { missing: (missing ?? []).join('、') });
    return [];
  } finally {
    await workbook.close();
  }
}

function readRow(row: SheetRow, at: ReadonlyMap<QuestionnaireField, number>): FiledReturn | null {
  const cells: Partial<Record<QuestionnaireField, string>> = {};
  for (const [field, index] of at) {
    const text = row.cells[index]?.text.trim();
    if (text) cells[field] = text;
  }
  const known: QuestionnaireCells = cells;
  return isAnswered(known) ? { row: row.number, ...readQuestionnaire(known) } : null;
}

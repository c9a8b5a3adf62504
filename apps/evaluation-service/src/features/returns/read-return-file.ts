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
import { type ListShape, takeList } from '@bangfu/service-kit/spreadsheet/take-list';

/** Titles may stand above the header; below this row none is looked for. */
const HEADER_SEARCH_ROWS = 10;

/**
 * Reads the answered rows of a file of returns: the first sheet that has the questionnaire's header. Rows without any
 * answer were not used and are passed over. The same file always reads the same.
 * @throws DomainError NOT_A_RETURN_FILE, RETURN_FILE_EMPTY and those of openWorkbook
 */
export async function readReturnFile(path: string): Promise<FiledReturn[]> {
  const filed: FiledReturn[] = [];
  let missing: readonly string[] | undefined;
  const shape: ListShape<ReadonlyMap<QuestionnaireField, number>> = {
    headerWithin: HEADER_SEARCH_ROWS,
    header(cells) {
      const header = questionnaireHeader(cells);
      if (header.missing.length === 0) return header.at;
      if (!missing || header.missing.length < missing.length) missing = header.missing;
      return null;
    },
    row(row, at) {
      const one = readRow(row, at);
      if (one) filed.push(one);
    },
  };
  const found = await takeList(path, shape, 'first');
  demand(found > 0, 'NOT_A_RETURN_FILE', { missing: (missing ?? []).join('、') });
  demand(filed.length > 0, 'RETURN_FILE_EMPTY');
  return filed;
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

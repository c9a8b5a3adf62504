import type { FiledReturn } from '@bangfu/domain/evaluation/intake';
import {
  CELL_ORDER,
  isAnswered,
  QUESTIONNAIRE,
  type QuestionnaireField,
  readQuestionnaire,
  REQUIRED_FIELDS,
} from '@bangfu/domain/evaluation/questionnaire';
import { demand } from '@bangfu/domain/shared/errors';
import type { JobRun } from '@bangfu/platform/jobs/job';
import { readListIn } from '@bangfu/platform/jobs/list-job';
import type { ListCellKind, ListColumn } from '@bangfu/platform/spreadsheet/list-header';
import type { ListIssue, ListRow } from '@bangfu/platform/spreadsheet/read-list';

const KINDS: Partial<Record<QuestionnaireField, ListCellKind>> = {
  returnId: 'numbers',
  corrects: 'numbers',
  householdNumber: 'number',
  headName: 'name',
  visitedOn: 'day',
  income: 'yuan',
  judgement: 'words',
};
const COLUMNS = CELL_ORDER.map((key): ListColumn<QuestionnaireField> => {
  const isRequired = (REQUIRED_FIELDS as readonly QuestionnaireField[]).includes(key);
  const kind = KINDS[key];
  return { key, headers: [QUESTIONNAIRE[key]], ...(kind && { kind }), ...(!isRequired && { optional: true }) };
});

/** The answered rows of a file of returns, and what of it was not read. */
export interface ReturnFileRows {
  readonly filed: readonly FiledReturn[];
  readonly warnings: readonly ListIssue[];
}

/**
 * Reads the answered rows of a file of returns. Rows without any answer were not used and are passed over. The same
 * file always reads the same.
 * @throws DomainError NOT_A_RETURN_FILE, RETURN_FILE_EMPTY, RETURN_FILE_SHEETS and those of `readList`
 */
export async function readReturnFile(
  path: string,
  run: Pick<JobRun<unknown>, 'advance' | 'signal'>,
): Promise<ReturnFileRows> {
  const codes = { header: 'NOT_A_RETURN_FILE', empty: 'RETURN_FILE_EMPTY' };
  const { rows, warnings } = await readListIn(run, path, COLUMNS, { codes });
  const used = rows.flatMap((row) => readRow(row) ?? []);
  demand(used.length > 0, 'RETURN_FILE_EMPTY');
  const sheets = [...new Set(used.map(({ sheet }) => sheet))];
  demand(sheets.length === 1, 'RETURN_FILE_SHEETS', { sheets: sheets.join('、') });
  // The names stand as the office wrote them for the enumerators.
  return { filed: used.map(({ filed }) => filed), warnings: warnings.filter(({ code }) => code !== 'NAME_UNREADABLE') };
}

function readRow(row: ListRow<QuestionnaireField>): { sheet: string; filed: FiledReturn } | null {
  if (!isAnswered(row.values) && row.unknown.size === 0) return null;
  const { answer, issues } = readQuestionnaire(row.values);
  // What cannot be known is said once, as that.
  const others = issues.filter(({ field }) => !row.unknown.has(field));
  const unknown = [...row.unknown].map((field) => ({ field, value: '', code: 'RETURN_CELL_UNKNOWN' as const }));
  return { sheet: row.sheet, filed: { row: row.row, answer, issues: [...unknown, ...others] } };
}

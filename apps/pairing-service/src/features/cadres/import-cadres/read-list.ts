import type { PolicyContent } from '@bangfu/contracts/pairing/policies';
import {
  CADRE_COLUMNS,
  type CadreColumn,
  type CadreLine,
  readCadreLine,
  REQUIRED_CADRE_COLUMNS,
} from '@bangfu/domain/pairing/cadre-sheet';
import { maskPhone } from '@bangfu/domain/shared/id-number';
import type { ListCellKind, ListColumn } from '@bangfu/platform/spreadsheet/list-header';
import { type CodedProblem, toCodedProblem } from '@bangfu/platform/http/list-answer';
import type { JobRun } from '@bangfu/platform/jobs/job';
import { readListIn } from '@bangfu/platform/jobs/list-job';

/** A row of the list with the place it stands at. */
interface PlacedLine {
  readonly sheet: string;
  readonly row: number;
  readonly line: CadreLine;
}

export interface CadreList {
  readonly lines: readonly PlacedLine[];
  readonly problems: readonly CodedProblem[];
  /** What of the file was not read; it holds nothing back. */
  readonly warnings: readonly CodedProblem[];
  readonly matched: readonly string[];
  readonly unknown: readonly string[];
}

/** A county has some thousand cadres; more is another file. */
const MAX_ROWS = 20_000;

const KINDS: Partial<Record<CadreColumn, ListCellKind>> = {
  name: 'name',
  phone: 'number',
  relatives: 'numbers',
  username: 'number',
  quota: 'figure',
};
const COLUMNS = Object.entries(CADRE_COLUMNS).map(([column, { header, also }]): ListColumn<CadreColumn> => {
  const key = column as CadreColumn;
  const isRequired = (REQUIRED_CADRE_COLUMNS as readonly CadreColumn[]).includes(key);
  const kind = KINDS[key];
  return { key, headers: [header, ...also], ...(kind && { kind }), ...(!isRequired && { optional: true }) };
});

/**
 * Reads every sheet that has the header of a list of cadres; what else the file holds is said as a warning.
 * @throws DomainError NOT_A_CADRE_LIST when none has one and those of `readList`
 */
export async function readCadreList(
  path: string,
  ranks: PolicyContent['ranks'],
  run: Pick<JobRun<unknown>, 'advance' | 'signal'>,
): Promise<CadreList> {
  const list = await readListIn(run, path, COLUMNS, { mostRows: MAX_ROWS, codes: { header: 'NOT_A_CADRE_LIST' } });
  const lines: PlacedLine[] = [];
  const problems: CodedProblem[] = list.problems.map(toCodedProblem);
  for (const { sheet, row, values, unknown } of list.rows) {
    const read = readCadreLine(values, ranks);
    if (!read) continue;
    lines.push({ sheet, row, line: read.line });
    for (const { column, code } of read.issues) {
      if (unknown.has(column)) continue;
      const value = column === 'phone' ? maskPhone(values[column]) : values[column];
      problems.push(problemAt({ sheet, row }, column, code, { value }));
    }
  }
  // Columns nobody knows are told among the columns.
  const warnings = list.warnings.filter(({ code }) => code !== 'COLUMN_UNKNOWN').map(toCodedProblem);
  return { lines, problems, warnings, matched: list.matched, unknown: list.unknown };
}

/** A problem of a row, under the usual name of its column. */
export function problemAt(
  place: { sheet: string; row: number },
  column: CadreColumn,
  code: string,
  params: Readonly<Record<string, string | number>>,
): CodedProblem {
  const header = CADRE_COLUMNS[column].header;
  const { sheet, row } = place;
  return {
    sheet,
    row,
    column: header,
    value: String(params['value'] ?? ''),
    code,
    message: '',
    params: { column: header, ...params },
  };
}

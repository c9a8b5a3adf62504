import type { PolicyContent } from '@bangfu/contracts/pairing/policy';
import {
  CADRE_COLUMNS,
  CADRE_HEADER_SEARCH_ROWS,
  type CadreColumn,
  type CadreHeader,
  type CadreLine,
  findCadreHeader,
  readCadreLine,
} from '@bangfu/domain/pairing/cadre-sheet';
import { demand } from '@bangfu/domain/shared/errors';
import { maskPhone } from '@bangfu/domain/shared/id-number';
import type { SheetRow } from '@bangfu/service-kit/spreadsheet/model';
import { type ListShape, takeList } from '@bangfu/service-kit/spreadsheet/take-list';

/** A row of the list with the place it stands at. */
export interface PlacedLine {
  readonly sheet: string;
  readonly row: number;
  readonly line: CadreLine;
}

/** Something wrong with a row; `params` fill the text of the code. */
export interface ListProblem {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface CadreList {
  readonly lines: readonly PlacedLine[];
  readonly problems: readonly ListProblem[];
  readonly matched: readonly string[];
  readonly unknown: readonly string[];
}

/** A county has some thousand cadres; more is another file. */
const MAX_ROWS = 20_000;

/**
 * Reads every sheet that has the header of a list of cadres; others are left aside.
 * @throws DomainError NOT_A_CADRE_LIST when none has one, CADRE_LIST_TOO_LONG and those of `openWorkbook`
 */
export async function readCadreList(path: string, ranks: PolicyContent['ranks']): Promise<CadreList> {
  const lines: PlacedLine[] = [];
  const problems: ListProblem[] = [];
  const matched = new Set<string>();
  const unknown = new Set<string>();
  const shape: ListShape<CadreHeader> = {
    headerWithin: CADRE_HEADER_SEARCH_ROWS,
    header(cells) {
      const header = findCadreHeader([...cells]);
      for (const each of header?.matched ?? []) matched.add(each);
      for (const each of header?.unknown ?? []) unknown.add(each);
      return header;
    },
    row(row, header, sheet) {
      takeRow(sheet, row, header, ranks, lines, problems);
      demand(lines.length <= MAX_ROWS, 'CADRE_LIST_TOO_LONG', { rows: MAX_ROWS });
    },
  };
  const found = await takeList(path, shape, 'all');
  demand(found > 0, 'NOT_A_CADRE_LIST', { columns: '单位、姓名、职级' });
  return { lines, problems, matched: [...matched], unknown: [...unknown] };
}

function takeRow(
  sheet: string,
  row: SheetRow,
  header: CadreHeader,
  ranks: PolicyContent['ranks'],
  lines: PlacedLine[],
  problems: ListProblem[],
): void {
  const read = readCadreLine(
    header,
    row.cells.map((cell) => cell?.text),
    ranks,
  );
  if (!read) return;
  lines.push({ sheet, row: row.number, line: read.line });
  for (const { column, code } of read.issues) {
    const value = row.cells[header.at.get(column) ?? -1]?.text.trim() ?? '';
    problems.push({
      ...problemAt({ sheet, row: row.number }, column, code, { value: column === 'phone' ? maskPhone(value) : value }),
    });
  }
}

/** A problem of a row, under the usual name of its column. */
export function problemAt(
  place: { sheet: string; row: number },
  column: CadreColumn,
  code: string,
  params: Readonly<Record<string, string | number>>,
): ListProblem {
  const header = CADRE_COLUMNS[column].header;
  const { sheet, row } = place;
  return {
    sheet,
    row,
    column: header,
    value: String(params['value'] ?? ''),
    code,
    params: { column: header, ...params },
  };
}

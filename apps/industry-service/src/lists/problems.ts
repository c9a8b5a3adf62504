import { type CodedProblem, toCodedProblem } from '@bangfu/platform/http/list-answer';
import type { ReadList } from '@bangfu/platform/spreadsheet/read-list';

/** Shows at most this many; a list as wrong as that is to be made anew. */
const MOST_SHOWN = 1000;

/** Where a row stands; what is entered by hand stands in no sheet. */
export interface RowPlace {
  readonly sheet: string;
  readonly row: number;
}

/** Notes what is wrong with a row; `column` is its usual name. */
export type NoteProblem = (
  place: RowPlace,
  column: string,
  value: string,
  code: string,
  params?: Record<string, string | number>,
) => void;

/** Collects what is wrong with a list: what its reading found, then what is noted. */
export function problemList(list: ReadList<string>) {
  const order = new Map(list.sheets.map(({ name }, index) => [name, index]));
  const problems: CodedProblem[] = list.problems.slice(0, MOST_SHOWN).map(toCodedProblem);
  let count = list.problems.length;
  const note: NoteProblem = ({ sheet, row }, column, value, code, params = {}) => {
    count += 1;
    if (problems.length < MOST_SHOWN) problems.push({ sheet, row, column, value, code, message: '', params });
  };
  return {
    note,
    get count(): number {
      return count;
    },
    warnings: list.warnings.slice(0, MOST_SHOWN).map(toCodedProblem),
    /** In the order of the file. */
    problems: () => problems.toSorted((a, b) => (order.get(a.sheet) ?? 0) - (order.get(b.sheet) ?? 0) || a.row - b.row),
  };
}

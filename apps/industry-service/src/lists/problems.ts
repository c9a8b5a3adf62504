import { toListProblem } from '@bangfu/service-kit/http/list-answer';
import { KIT_MESSAGES, type Messages, render } from '@bangfu/service-kit/http/messages';
import type { ListIssue, ReadList } from '@bangfu/service-kit/spreadsheet/read-list';

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

/** Collects what is wrong with a list, in words of the reader's language: what its reading found, then what is noted. */
export function problemList(messages: Messages, language: 'zh' | 'en', list: ReadList<string>) {
  const texts = { ...KIT_MESSAGES, ...messages };
  const order = new Map(list.sheets.map(({ name }, index) => [name, index]));
  const toAnswer = (issue: ListIssue) => toListProblem(issue, language);
  const problems = list.problems.slice(0, MOST_SHOWN).map(toAnswer);
  let count = list.problems.length;
  const note: NoteProblem = ({ sheet, row }, column, value, code, params = {}) => {
    count += 1;
    if (problems.length >= MOST_SHOWN) return;
    problems.push({ sheet, row, column, value, code, message: render(texts, code, params, language) });
  };
  return {
    note,
    get count(): number {
      return count;
    },
    warnings: list.warnings.slice(0, MOST_SHOWN).map(toAnswer),
    /** In the order of the file. */
    problems: () => problems.toSorted((a, b) => (order.get(a.sheet) ?? 0) - (order.get(b.sheet) ?? 0) || a.row - b.row),
  };
}

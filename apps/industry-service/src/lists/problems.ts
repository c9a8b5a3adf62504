import type { ListProblem } from '@bangfu/contracts/industry/access';
import { type Messages, render } from '@bangfu/service-kit/http/messages';

/** Shows at most this many; a list as wrong as that is to be made anew. */
const MOST_SHOWN = 1000;

/** Collects what is wrong with the rows of a list, in words of the reader's language. */
export function problemList(messages: Messages, language: 'zh' | 'en') {
  const problems: ListProblem[] = [];
  let count = 0;
  return {
    note(row: number, column: string, value: string, code: string, params: Record<string, string | number> = {}): void {
      count += 1;
      if (problems.length < MOST_SHOWN) {
        problems.push({ row, column, value, code, message: render(messages, code, params, language) });
      }
    },
    get count(): number {
      return count;
    },
    problems,
  };
}

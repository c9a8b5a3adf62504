import type { ListProblem } from '@bangfu/contracts/core/common';
import type { ListIssue } from '../spreadsheet/read-list.ts';
import { KIT_MESSAGES, render } from './messages.ts';

/** What the reading of a list found, in words of the reader's language. */
export function toListProblem({ sheet, row, column, value, code }: ListIssue, language: 'zh' | 'en'): ListProblem {
  return { sheet, row, column, value, code, message: render(KIT_MESSAGES, code, { column, value }, language) };
}

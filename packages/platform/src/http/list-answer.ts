import type { ListProblem } from '@bangfu/contracts/core/common';
import type { ListIssue } from '../spreadsheet/read-list.ts';
import { KIT_MESSAGES, render } from './messages.ts';

/** What is wrong with a list, by code and parameters: what a job keeps. Its message is made where it is read. */
export interface CodedProblem extends ListProblem {
  readonly params: Readonly<Record<string, string | number>>;
}

/** What the reading of a list found. */
export const toCodedProblem = ({ sheet, row, column, value, code }: ListIssue): CodedProblem => ({
  sheet,
  row,
  column,
  value,
  code,
  message: '',
  params: { column, value },
});

/** What the reading of a list found, in words of the reader's language. */
export function toListProblem({ sheet, row, column, value, code }: ListIssue, language: 'zh' | 'en'): ListProblem {
  return { sheet, row, column, value, code, message: render(KIT_MESSAGES, code, { column, value }, language) };
}

import { checkDeclaration } from './check-declaration/check-declaration.ts';
import { closeDeclaration } from './close-declaration/close-declaration.ts';
import { dividendRun } from './compute-lines/dividend-run.ts';
import { declareDividend } from './declare-dividend/declare-dividend.ts';
import { discardDeclaration } from './discard-declaration/discard-declaration.ts';
import { getDeclaration } from './get-declaration/get-declaration.ts';
import { listDeclarations } from './list-declarations/list-declarations.ts';
import { listDividendLines } from './list-dividend-lines/list-dividend-lines.ts';
import { listDividendYears } from './list-dividend-years/list-dividend-years.ts';
import { redraftDeclaration } from './redraft-declaration/redraft-declaration.ts';
import { submitDeclaration } from './submit-declaration/submit-declaration.ts';

/** Dividend declarations: draft and compute, submit, check, close; their lines. */
export default [
  listDeclarations,
  getDeclaration,
  listDividendLines,
  listDividendYears,
  declareDividend,
  dividendRun,
  redraftDeclaration,
  discardDeclaration,
  submitDeclaration,
  checkDeclaration,
  closeDeclaration,
];

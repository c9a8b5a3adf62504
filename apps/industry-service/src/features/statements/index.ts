import { getIncomeStatement } from './get-income-statement/get-income-statement.ts';
import { issueIncomeStatement } from './issue-income-statement/issue-income-statement.ts';
import { listIncomeHouseholds } from './list-income-households/list-income-households.ts';
import { printIncomeStatement } from './print-income-statement/print-income-statement.ts';
import { verifyStatement } from './verify-statement/verify-statement.ts';

/** Household income statements: read, issue, print, verify. */
export default [listIncomeHouseholds, getIncomeStatement, issueIncomeStatement, printIncomeStatement, verifyStatement];

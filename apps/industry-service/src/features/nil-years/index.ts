import { decideNilYear } from './decide-nil-year/decide-nil-year.ts';
import { declareNilYear } from './declare-nil-year/declare-nil-year.ts';
import { withdrawNilYear } from './withdraw-nil-year/withdraw-nil-year.ts';

/** Dividend years with nothing to distribute: declare, decide, withdraw; they are listed with a contract's years. */
export default [declareNilYear, decideNilYear, withdrawNilYear];

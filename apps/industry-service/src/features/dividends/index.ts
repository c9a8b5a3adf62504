import { listDividends } from './list-dividends/list-dividends.ts';
import { listLateDividends } from './list-late-dividends/list-late-dividends.ts';

/** Dividends over all declarations: the lines, and what is late. */
export default [listDividends, listLateDividends];

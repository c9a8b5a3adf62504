import { downloadDiscrepancies } from './download-discrepancies/download-discrepancies.ts';
import { listDiscrepancies } from './list-discrepancies/list-discrepancies.ts';

/** Where the returns differ from the register as it was frozen. */
export default [listDiscrepancies, downloadDiscrepancies];

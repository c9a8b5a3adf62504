import * as contract from '@bangfu/contracts/identification/imports';
import { query } from '../../../operations.ts';
import { getVisible, shown } from '../import.repository.ts';

/** One import with its report. @throws Refusal 404 */
export const getImport = query(contract.getImport, async ({ read, caller, params }) =>
  shown(await getVisible(read, params.importId, caller)),
);

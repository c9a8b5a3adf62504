import * as contract from '@bangfu/contracts/pairing/cadres';
import { command } from '../../../operations.ts';
import { demandUnit, unitColumns } from '../unit.repository.ts';

/** Adds a unit. @throws DomainError UNIT_EXISTS, VILLAGE_UNKNOWN; Refusal 404 outside the scope */
export const createHelpingUnit = command(contract.createHelpingUnit, async ({ body, tx, caller, newId, audit }) => {
  await demandUnit(tx, caller, body, null);
  const id = newId();
  await tx.sql
    .insertInto('unit')
    .values({ ...unitColumns(body), id, county_code: caller.countyCode })
    .execute();
  audit.change('unit', id, null, body);
  return { id };
});

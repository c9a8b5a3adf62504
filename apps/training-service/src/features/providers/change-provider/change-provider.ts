import * as contract from '@bangfu/contracts/training/providers';
import { demand } from '@bangfu/domain/shared/errors';
import { conflict } from '@bangfu/platform/http/refusal';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import { command } from '../../../operations.ts';
import { getProvider } from '../provider.repository.ts';

/** Changes a provider. @throws Refusal 404, 409; DomainError PROVIDER_EXISTS */
export const changeProvider = command(contract.changeProvider, async ({ params, body, tx, caller, audit }) => {
  const { version, ...fields } = body;
  const { countyCode } = caller;
  const before = await getProvider(tx.sql, countyCode, params.providerId);
  const namesake = await findNamesake(tx, 'provider', countyCode, fields.name, before.id);
  demand(namesake === null, 'PROVIDER_EXISTS');
  const { numUpdatedRows } = await tx.sql
    .updateTable('provider')
    .set({ ...fields, version: version + 1 })
    .where('id', '=', before.id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw conflict(before);
  const after = await getProvider(tx.sql, countyCode, before.id);
  audit.change('provider', before.id, before, after);
  return after;
});

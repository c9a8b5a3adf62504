import * as contract from '@bangfu/contracts/training/providers';
import { demand } from '@bangfu/domain/shared/errors';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import { command } from '../../../operations.ts';
import { getProvider } from '../provider.repository.ts';

/** Enters a provider. @throws DomainError PROVIDER_EXISTS */
export const createProvider = command(contract.createProvider, async ({ body, tx, caller, newId, audit }) => {
  const { countyCode } = caller;
  demand((await findNamesake(tx, 'provider', countyCode, body.name)) === null, 'PROVIDER_EXISTS');
  const id = newId();
  await tx.sql
    .insertInto('provider')
    .values({ id, county_code: countyCode, ...body })
    .execute();
  audit.change('provider', id, null, body);
  return getProvider(tx.sql, countyCode, id);
});

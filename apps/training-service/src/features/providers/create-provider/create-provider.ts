import type { BodyOf } from '@bangfu/contracts/core/operation';
import { createProvider as operation, type Provider } from '@bangfu/contracts/training/providers';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import type { Training } from '../../../db/client.ts';
import { getProvider, shown } from '../provider.repository.ts';

/** Enters a provider. @throws DomainError PROVIDER_EXISTS */
export function createProvider(service: Training, actor: Actor, body: BodyOf<typeof operation>): Promise<Provider> {
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    const id = service.newId(actor.now);
    const { countyCode } = actor.caller;
    const namesake = await findNamesake(sql, 'provider', countyCode, body.name);
    demand(namesake === null, 'PROVIDER_EXISTS');
    const { count } = await tx.provider.createMany({ data: { id, countyCode, ...body }, skipDuplicates: true });
    demand(count === 1, 'PROVIDER_EXISTS');
    return {
      answer: shown(await getProvider(tx, countyCode, id)),
      audit: [{ action: operation.audit ?? '', recordType: 'provider', recordId: id, change: { after: body } }],
    };
  });
}

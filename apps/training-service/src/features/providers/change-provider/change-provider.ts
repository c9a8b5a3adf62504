import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeProvider as operation, type Provider } from '@bangfu/contracts/training/providers';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import { findNamesake } from '@bangfu/platform/search/look-alike';
import type { Training } from '../../../db/client.ts';
import { getProvider, shown } from '../provider.repository.ts';

/** Changes a provider. @throws Refusal 404, 409; DomainError PROVIDER_EXISTS */
export function changeProvider(
  service: Training,
  actor: Actor,
  providerId: string,
  { version, ...fields }: BodyOf<typeof operation>,
): Promise<Provider> {
  const { countyCode } = actor.caller;
  return runCommand(
    service.transaction,
    service.newId,
    operation,
    actor,
    { providerId, version, ...fields },
    async (tx, sql) => {
      const before = await getProvider(tx, countyCode, providerId);
      const namesake = await findNamesake(sql, 'provider', countyCode, fields.name, providerId);
      demand(namesake === null, 'PROVIDER_EXISTS');
      const { count } = await tx.provider.updateMany({
        where: { id: providerId, version },
        data: { ...fields, version: { increment: 1 } },
      });
      if (count === 0) throw conflict(shown(before));
      const answer = shown(await getProvider(tx, countyCode, providerId));
      return {
        answer,
        audit: [
          {
            action: operation.audit ?? '',
            recordType: 'provider',
            recordId: providerId,
            change: { before: shown(before), after: answer },
          },
        ],
      };
    },
  );
}

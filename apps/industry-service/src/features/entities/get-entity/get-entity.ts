import * as contract from '@bangfu/contracts/industry/entities';
import { query } from '../../../operations.ts';
import { getStoredEntity } from '../entity.repository.ts';

/** One entity within the caller's scope. @throws Refusal 404 */
export const getEntity = query(contract.getEntity, ({ read, caller, params, now }) =>
  getStoredEntity(read, caller, params.entityId, now),
);

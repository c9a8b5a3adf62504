import * as contract from '@bangfu/contracts/industry/entities';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { changeEntity } from './change-entity/change-entity.ts';
import { listEntities, getEntity } from './list-entities/list-entities.query.ts';
import { listIndustryVillages } from './list-villages/list-villages.query.ts';
import { registerEntity } from './register-entity/register-entity.ts';

/** Business entities: register, change, list. */
export function entityRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.listEntities, ({ caller, now, query }) => listEntities(service, caller, now, query));
  route(router, service, contract.getEntity, ({ caller, now, params }) =>
    getEntity(pgSql(readsOf(service, caller)), caller, params.entityId, now),
  );
  route(router, service, contract.registerEntity, (call) => registerEntity(service, call, call.body));
  route(router, service, contract.changeEntity, (call) => changeEntity(service, call, call.params.entityId, call.body));
  route(router, service, contract.listIndustryVillages, ({ caller }) => listIndustryVillages(service, caller));
  return router;
}

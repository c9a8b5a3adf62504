import {
  changeEntity,
  getEntity,
  listEntities,
  listIndustryVillages,
  registerEntity,
} from '@bangfu/contracts/industry/entities';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { alterEntity } from './change-entity/change-entity.ts';
import { findEntities, readEntity } from './list-entities/list-entities.query.ts';
import { findVillages } from './list-villages/list-villages.query.ts';
import { addEntity } from './register-entity/register-entity.ts';

/** Business entities: register, change, list. */
export function entityRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, listEntities, ({ caller, query }) => findEntities(service, caller, query));
  route(router, service, getEntity, ({ caller, params }) =>
    readEntity(pgSql(readsOf(service, caller)), caller, params.entityId),
  );
  route(router, service, registerEntity, (call) => addEntity(service, call, call.body));
  route(router, service, changeEntity, (call) => alterEntity(service, call, call.params.entityId, call.body));
  route(router, service, listIndustryVillages, ({ caller }) => findVillages(service, caller));
  return router;
}

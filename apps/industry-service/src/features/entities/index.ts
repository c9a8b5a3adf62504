import { changeEntity } from './change-entity/change-entity.ts';
import { getEntity } from './get-entity/get-entity.ts';
import { listEntities } from './list-entities/list-entities.ts';
import { listIndustryVillages } from './list-industry-villages/list-industry-villages.ts';
import { registerEntity } from './register-entity/register-entity.ts';

/** Business entities: register, change, list. */
export default [listEntities, getEntity, registerEntity, changeEntity, listIndustryVillages];

import { changeProvider as change, createProvider, listProviders } from '@bangfu/contracts/training/providers';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { changeProvider } from './change-provider/change-provider.ts';
import { enterProvider } from './create-provider/create-provider.ts';
import { findProviders } from './list-providers/list-providers.query.ts';

/** Training providers. */
export function providerRoutes(service: Training): Router {
  const router = Router();
  route(router, service, listProviders, ({ caller, query }) => findProviders(service, caller, query));
  route(router, service, createProvider, (call) => enterProvider(service, call, call.body));
  route(router, service, change, (call) => changeProvider(service, call, call.params.providerId, call.body));
  return router;
}

import * as contract from '@bangfu/contracts/training/providers';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { withChangeStep } from '../../db/county-steps.ts';
import { changeProvider } from './change-provider/change-provider.ts';
import { createProvider } from './create-provider/create-provider.ts';
import { findProviders } from './list-providers/list-providers.query.ts';

/** Training providers. */
export function providerRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.listProviders, async (call) =>
    withChangeStep(call, contract.changeProvider, await findProviders(service, call.caller, call.query)),
  );
  route(router, service, contract.createProvider, (call) => createProvider(service, call, call.body));
  route(router, service, contract.changeProvider, (call) =>
    changeProvider(service, call, call.params.providerId, call.body),
  );
  return router;
}

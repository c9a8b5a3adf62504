import { platformOperations } from '@bangfu/contracts/core/every-service';
import { verifyEverything as operation } from '@bangfu/contracts/gateway/audit';
import { auditRoutes as kitAuditRoutes } from '@bangfu/service-kit/http/platform-routes';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Gateway } from '../../gateway.ts';
import { MESSAGES } from '../../messages.ts';
import { askingFor } from '../../services/asking.ts';
import { verifyEverything } from './verify-everything/verify-everything.query.ts';

/** A county's chain has some ten million rows after years; walking it takes minutes. */
const VERIFICATION_MS = 15 * 60_000;

/** The audit log of the gateway itself, and the verification of all. */
export function auditRoutes(gateway: Gateway): Router {
  const router = Router();
  kitAuditRoutes(router, { ...gateway, messages: MESSAGES }, platformOperations('gateway'));
  route(router, gateway, operation, (call) => verifyEverything(gateway, askingFor(call, VERIFICATION_MS)));
  return router;
}

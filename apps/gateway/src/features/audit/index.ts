import { platformOperations } from '@bangfu/contracts/core/every-service';
import { verifyEverything as operation } from '@bangfu/contracts/gateway/audit';
import { auditRoutes as kitAuditRoutes, eventRoutes } from '@bangfu/platform/http/platform-routes';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import { onRegionEstablished } from '../../consumers/region-established.ts';
import type { Gateway } from '../../gateway.ts';
import { askingFor } from '../../services/asking.ts';
import { verifyEverything } from './verify-everything/verify-everything.query.ts';

/** A county's chain has some ten million rows after years; walking it takes minutes. */
const VERIFICATION_MS = 15 * 60_000;

/** What every owner has, here for the gateway itself: audit log and parked events; and the verification of all. */
export function auditRoutes(gateway: Gateway): Router {
  const router = Router();
  kitAuditRoutes(router, { ...gateway, readPool: gateway.pool }, platformOperations('gateway'));
  const { pool, log, transaction } = gateway;
  const inbox = { pool, group: 'gateway', reactions: onRegionEstablished, log };
  eventRoutes(router, gateway, transaction, platformOperations('gateway'), inbox);
  route(router, gateway, operation, (call) => verifyEverything(gateway, askingFor(call, VERIFICATION_MS)));
  return router;
}

import { listPublicEvaluations } from '@bangfu/contracts/evaluation/public';
import { getPublicEvaluations } from '@bangfu/contracts/gateway/public';
import { notFound } from '@bangfu/platform/http/refusal';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Gateway } from '../../gateway.ts';
import { answered } from '../../public/answered.ts';
import { askingFor } from '../../services/asking.ts';

/** What anybody may read without an account, under addresses of the whole platform. */
export function publicRoutes(gateway: Gateway): Router {
  const router = Router();
  route(router, gateway, getPublicEvaluations, async (call) => {
    const { query } = call;
    const found = answered(await gateway.services.ask('evaluation', listPublicEvaluations, { query }, askingFor(call)));
    if (!found) throw notFound();
    return found;
  });
  return router;
}

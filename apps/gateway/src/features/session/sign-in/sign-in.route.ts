import { signIn } from '@bangfu/contracts/gateway/session';
import { route } from '@bangfu/platform/http/route';
import type { Router } from 'express';
import type { Gateway } from '../../../gateway.ts';
import { sessionAnswer } from '../session.answer.ts';
import { signIn as useCase } from './sign-in.ts';

/** POST /api/session: a repeat opens another session, so no Idempotency-Key is kept for it. */
export function signInRoute(router: Router, gateway: Gateway): void {
  route(router, gateway, signIn, async ({ body, caller, now, request, response }) => {
    const agent = (request.get('user-agent') ?? '').slice(0, 300);
    const { identity, cookies } = await useCase(gateway, { ...body, agent }, caller, now);
    for (const cookie of cookies) response.append('set-cookie', cookie);
    response.set('cache-control', 'no-store');
    return sessionAnswer(gateway, identity);
  });
}

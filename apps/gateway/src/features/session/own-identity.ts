import { Refusal } from '@bangfu/platform/http/refusal';
import type { Request } from 'express';
import { identityOf } from '../../auth/guard.ts';
import type { Identity } from '../../auth/identity.ts';

/** Who calls. @throws Refusal 401 */
export function ownIdentity(request: Request): Identity {
  const identity = identityOf(request);
  if (!identity) throw new Refusal(401, 'NOT_SIGNED_IN');
  return identity;
}

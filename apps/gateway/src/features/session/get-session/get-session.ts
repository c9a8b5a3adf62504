import * as contract from '@bangfu/contracts/gateway/session';
import { procedure } from '../../../operations.ts';
import { ownIdentity } from '../own-identity.ts';
import { sessionAnswer } from '../session.answer.ts';

/** Who is signed in. @throws Refusal 401 */
export const getSession = procedure(contract.getSession, async ({ kit, request, response }) => {
  const identity = ownIdentity(request);
  response.set('cache-control', 'no-store');
  return sessionAnswer(kit, identity);
});

import type { Session } from '@bangfu/contracts/gateway/session';
import { CSRF_HEADER } from '../../auth/guard.ts';
import type { Identity } from '../../auth/identity.ts';
import type { Gateway } from '../../gateway.ts';

/** Who is signed in, as the front ends and the command line read it. */
export async function sessionAnswer(gateway: Gateway, identity: Identity): Promise<Session> {
  const { account, username, mustChangePassword, session } = identity;
  return {
    account: { id: account.id, username, name: account.name },
    county: { code: gateway.countyCode, name: await gateway.countyName() },
    grants: [...account.grants],
    mustChangePassword,
    asOf: gateway.clock().toISOString(),
    csrf: { header: CSRF_HEADER, token: session ? gateway.csrf.of(session.id) : '' },
  };
}

import { randomBytes } from 'node:crypto';
import * as contract from '@bangfu/contracts/gateway/keys';
import { keyUntil } from '@bangfu/domain/shared/accounts';
import { isSameGrant } from '@bangfu/domain/shared/grants';
import { Refusal } from '@bangfu/platform/http/refusal';
import { identityOf } from '../../../auth/guard.ts';
import { keyDigest } from '../../../auth/identity.ts';
import { procedure } from '../../../operations.ts';
import { lockAccount } from '../../accounts/grant-rules.ts';

/**
 * Makes a key of the caller's account, with all its grants or some of them; it is shown this once.
 * @throws Refusal 403 KEY_CANNOT_MAKE_KEYS, PASSWORD_MUST_CHANGE, GRANT_NOT_HELD; DomainError KEY_ALREADY_OVER,
 *   KEY_TOO_LONG
 */
export const createApiKey = procedure(contract.createApiKey, async (call) => {
  const { body, caller, now, request, response } = call;
  // A key that leaks must not be able to outlive its withdrawal by making another.
  const identity = identityOf(request);
  if (!identity?.session) throw new Refusal(403, 'KEY_CANNOT_MAKE_KEYS');
  // Whoever has seen the password that was handed over must not keep a way in beside it.
  if (identity.mustChangePassword) throw new Refusal(403, 'PASSWORD_MUST_CHANGE');
  response.set('cache-control', 'no-store');
  const { name, grants } = body;
  if (grants?.some((grant) => !caller.usable.some((held) => isSameGrant(held, grant)))) {
    throw new Refusal(403, 'GRANT_NOT_HELD');
  }
  const until = keyUntil(body.until, now);
  return call.act(async ({ tx, kit, newId, audit }) => {
    await lockAccount(tx.sql, caller.id);
    const account = tx.sql.selectFrom('account').where('id', '=', caller.id).select('disabled_at');
    // Disabled while this was on its way: what ends an account's keys must not miss this one.
    if ((await account.executeTakeFirstOrThrow()).disabled_at) throw new Refusal(401, 'NOT_SIGNED_IN');
    const id = newId();
    const key = `bangfu_${randomBytes(32).toString('base64url')}`;
    await tx.sql
      .insertInto('api_key')
      .values({
        id,
        county_code: kit.countyCode,
        account_id: caller.id,
        name,
        key_sha256: keyDigest(key),
        created_at: now,
        until,
        grants: grants ? JSON.stringify(grants.map(({ role, scope }) => ({ role, scope }))) : null,
      })
      .execute();
    audit.change('api-key', id, null, { name, until: until.toISOString(), grants: grants ?? null });
    return { id, key, until: until.toISOString() };
  });
});

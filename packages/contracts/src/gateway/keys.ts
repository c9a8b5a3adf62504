import { z } from 'zod';
import { Instant, Nothing, Uuid } from '../core/common.ts';
import { InstantInput } from '../core/inputs.ts';
import { operation } from '../core/operation.ts';
import { SHOWN_ONCE } from '../core/shown-once.ts';
import { Grant } from './session.ts';

/** A role in a scope; how long it is held is the account's grant's matter. */
export const KeyGrant = Grant.omit({ until: true }).meta({ id: 'KeyGrant' });

/** A key by which a machine calls for its account; the key itself is shown once, when it is made. */
export const ApiKeyRow = z
  .object({
    id: Uuid,
    name: z.string(),
    createdAt: Instant,
    /** When it ends by itself. */
    until: Instant,
    /** The account's grants it acts with, as far as the account still holds them; null: with all of them. */
    grants: z.array(KeyGrant).nullable(),
    lastUsedAt: Instant.nullable(),
    withdrawnAt: Instant.nullable(),
  })
  .meta({ id: 'ApiKeyRow' });

export const listApiKeys = operation({
  id: 'listApiKeys',
  owner: 'gateway',
  method: 'GET',
  path: '/session/keys',
  summary: { zh: '本人的接口密钥', en: 'One’s own API keys' },
  access: 'signed-in',
  answer: z.object({ rows: z.array(ApiKeyRow) }),
});

export const createApiKey = operation({
  id: 'createApiKey',
  owner: 'gateway',
  method: 'POST',
  path: '/session/keys',
  summary: { zh: '新建接口密钥', en: 'Create an API key' },
  access: 'signed-in',
  audit: 'gateway.api-key.created',
  body: z.object({
    name: z.string().trim().min(1).max(60),
    /** Absent: ninety days from now; a year at most. */
    until: InstantInput.optional(),
    /** Some of one's own grants; absent: all one holds, whenever it is used. */
    grants: z.array(KeyGrant).min(1).max(50).optional(),
  }),
  answer: z.object({ id: Uuid, key: z.string().register(SHOWN_ONCE, {}), until: Instant }),
  status: 201,
});

export const withdrawApiKey = operation({
  id: 'withdrawApiKey',
  owner: 'gateway',
  method: 'DELETE',
  path: '/session/keys/{keyId}',
  summary: { zh: '撤销接口密钥', en: 'Withdraw an API key' },
  access: 'signed-in',
  audit: 'gateway.api-key.withdrawn',
  params: z.object({ keyId: Uuid }),
  answer: Nothing,
  status: 204,
});

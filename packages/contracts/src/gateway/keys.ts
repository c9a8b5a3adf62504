import { z } from 'zod';
import { Instant, Nothing, Uuid } from '../core/common.ts';
import { operation } from '../core/operation.ts';

/** A key by which a machine calls with the grants of its account; the key itself is shown once, when it is made. */
export const ApiKeyRow = z
  .object({
    id: Uuid,
    name: z.string(),
    createdAt: Instant,
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
  body: z.object({ name: z.string().trim().min(1).max(60) }),
  answer: z.object({ id: Uuid, key: z.string() }),
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

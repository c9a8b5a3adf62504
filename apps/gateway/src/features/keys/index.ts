import { createApiKey } from './create-api-key/create-api-key.ts';
import { listApiKeys } from './list-api-keys/list-api-keys.ts';
import { withdrawApiKey } from './withdraw-api-key/withdraw-api-key.ts';

/** Keys of machine clients. */
export default [listApiKeys, createApiKey, withdrawApiKey];

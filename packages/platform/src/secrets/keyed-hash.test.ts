import '@bangfu/testkit/postgres';
import { createHash } from 'node:crypto';
import { openPool } from '@bangfu/data/pool';
import { Router } from 'express';
import { expect, inject, it } from 'vitest';
import type { ServiceKit } from '../service.ts';
import { testService } from '../testing/test-service.ts';
import { type HashColumn, keyedHash } from './keyed-hash.ts';

const REQUEST = createHash('sha256').update('a request').digest();
const CONTENT = createHash('sha256').update('a content').digest();
/** Any column does for one that a service has of its own. */
const OWN: HashColumn = { table: 'idempotency_key', column: 'operation', purpose: 'visit' };

it('given bare hashes that an earlier release kept, when a service starts, then they are keyed before it answers', async () => {
  let kit: ServiceKit | undefined;
  const world = await testService(
    inject('postgresUrl'),
    'training',
    (given) => {
      kit = given;
      const scopeChoices = `SELECT '' AS county_code, '' AS kind, NULL::uuid AS id, '' AS name, '' AS detail`;
      return { routers: [Router()], messages: {}, jobs: {}, reactions: {}, scopeChoices, keyedHashes: [OWN] };
    },
    async ({ app }) => {
      const pool = openPool(app, 1);
      await pool.query(
        `INSERT INTO platform.idempotency_key (account_id, key, operation, request_hash, status, county_code)
         VALUES ('a', 'k', $1, $2, 200, '211382000000')`,
        [CONTENT.toString('hex'), REQUEST.toString('hex')],
      );
      await pool.end();
    },
  );
  try {
    if (!kit) throw new Error('the service was not built');
    const { rows } = await kit.pool.query('SELECT operation, request_hash FROM platform.idempotency_key');
    // A repeat of the request is still known by it.
    expect(rows).toEqual([
      { operation: keyedHash(kit.cipher, 'visit')(CONTENT), request_hash: keyedHash(kit.cipher, 'request')(REQUEST) },
    ]);
    expect(JSON.stringify(rows)).not.toContain(REQUEST.toString('hex'));
    expect(JSON.stringify(rows)).not.toContain(CONTENT.toString('hex'));
  } finally {
    await world.stop();
  }
});

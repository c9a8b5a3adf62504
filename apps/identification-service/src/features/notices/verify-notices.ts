import type { Verification } from '@bangfu/contracts/core/every-service';
import { readBatches } from '@bangfu/data/batches';
import { instantOf } from '@bangfu/data/instant';
import { typedSql } from '@bangfu/data/typed-sql';
import type { ServiceKit } from '@bangfu/platform/service';
import { takeFileClient } from '@bangfu/platform/spreadsheet/send-rows';
import type { z } from 'zod';
import type { Tables } from '../../operations.ts';
import { sealOf } from './seal-notice.ts';

const BATCH = 200;

/** Seals the content of every notice anew and names those whose published seal it no longer gives. */
export async function verifyNotices(kit: Pick<ServiceKit, 'filePool'>): Promise<z.output<typeof Verification>> {
  const broken: { what: string; id: string; at: string }[] = [];
  let checked = 0;
  const client = await takeFileClient(kit.filePool);
  const every = typedSql<Tables>(client)
    .selectFrom('notice')
    .orderBy('id')
    .select((eb) => ['id', 'content', 'content_hash as contentHash', instantOf(eb.ref('opened_at')).as('at')])
    .compile();
  try {
    for await (const notices of readBatches(client, every, BATCH)) {
      for (const { id, at, content, contentHash } of notices) {
        checked += 1;
        if (sealOf(content) !== contentHash) broken.push({ what: 'notice changed', id, at });
      }
    }
  } finally {
    client.release();
  }
  return { checked, unsealed: 0, broken };
}

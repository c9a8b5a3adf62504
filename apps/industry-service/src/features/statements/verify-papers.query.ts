import type { Verification } from '@bangfu/contracts/core/every-service';
import { pgSql } from '@bangfu/events/sql';
import { inBatches } from '@bangfu/service-kit/db/batches';
import type { z } from 'zod';
import type { Industry } from '../../db/client.ts';
import { type IssuedPaper, isIntact, PAPER_COLUMNS } from '../../papers/seal.ts';

const BATCH = 200;
const CHANGED = { 'income-statement': 'income statement changed', 'dividend-list': 'dividend list changed' } as const;

/** Hashes every issued paper anew and names those that no longer give the hash they were issued with. */
export async function verifyPapers(service: Industry): Promise<z.output<typeof Verification>> {
  const broken: { what: string; id: string; at: string }[] = [];
  let checked = 0;
  const sql = pgSql(service.readPool);
  const client = await service.readPool.connect();
  try {
    const every = `SELECT ${PAPER_COLUMNS} FROM issued_paper ORDER BY number`;
    for await (const papers of inBatches<IssuedPaper>(client, every, [], BATCH)) {
      for (const paper of papers) {
        checked += 1;
        if (await isIntact(sql, paper)) continue;
        broken.push({ what: CHANGED[paper.kind], id: paper.number, at: paper.issuedAt.toISOString() });
      }
    }
  } finally {
    client.release();
  }
  return { checked, unsealed: 0, broken };
}

import type { Verification } from '@bangfu/contracts/core/every-service';
import { readBatches } from '@bangfu/data/batches';
import { typedSql } from '@bangfu/data/typed-sql';
import type { ServiceKit } from '@bangfu/platform/service';
import { takeFileClient } from '@bangfu/platform/spreadsheet/send-rows';
import type { z } from 'zod';
import type { Tables } from '../../operations.ts';
import { issuedPapers, paperOf, sealOf } from '../../papers/seal.ts';

const BATCH = 200;
const CHANGED = { 'income-statement': 'income statement changed', 'dividend-list': 'dividend list changed' } as const;

/**
 * Computes every issued paper again and names those that no longer give the hash they were issued with; those of which
 * nothing is kept to compute are counted as unsealed.
 */
export async function verifyPapers(kit: ServiceKit): Promise<z.output<typeof Verification>> {
  const broken: { what: string; id: string; at: string }[] = [];
  let checked = 0;
  let unsealed = 0;
  const read = typedSql<Tables>(kit.readPool);
  const client = await takeFileClient(kit.filePool);
  try {
    for await (const papers of readBatches(client, issuedPapers(read).orderBy('p.number').compile(), BATCH)) {
      for (const paper of papers.map(paperOf)) {
        const seal = await sealOf(read, paper);
        // Of lists for all villages whose declaration was drafted again the lines were not kept.
        const isLost = seal === 'unknown' && paper.kind === 'dividend-list' && paper.content.format === undefined;
        if (isLost) unsealed += 1;
        else checked += 1;
        if (isLost || seal === 'intact') continue;
        broken.push({ what: CHANGED[paper.kind], id: paper.number, at: paper.issuedAt.toISOString() });
      }
    }
  } finally {
    client.release();
  }
  return { checked, unsealed, broken };
}

import { instant } from '@bangfu/data/instant';
import type { Verification } from '@bangfu/contracts/core/every-service';
import type { NoticeContent } from '@bangfu/domain/identification/notice/content';
import { inBatches } from '@bangfu/data/batches';
import { takeFileClient } from '@bangfu/platform/spreadsheet/send-rows';
import type { z } from 'zod';
import type { Identification } from '../../db/client.ts';
import { sealOf } from './seal-notice.ts';

interface SealedNotice {
  readonly id: string;
  readonly at: string;
  readonly content: NoticeContent;
  readonly contentHash: string;
}

const BATCH = 200;
const EVERY_NOTICE = `
  SELECT id::text AS id, content, content_hash AS "contentHash",
    ${instant('opened_at')} AS at
  FROM notice ORDER BY id`;

/** Seals the content of every notice anew and names those whose published seal it no longer gives. */
export async function verifyNotices(service: Identification): Promise<z.output<typeof Verification>> {
  const broken: { what: string; id: string; at: string }[] = [];
  let checked = 0;
  const client = await takeFileClient(service.filePool);
  try {
    for await (const notices of inBatches<SealedNotice>(client, EVERY_NOTICE, [], BATCH)) {
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

import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import type { PhotoRow } from '@bangfu/platform/files/image';
import { sendPhoto } from '@bangfu/platform/files/photo';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Response } from 'express';
import type { Identification } from '../../../db/client.ts';

/** Streams a photo of a meeting in a case within the scope. @throws Refusal 404; DomainError PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS */
export async function getCasePhoto(
  service: Identification,
  caller: Caller,
  { caseId, sha256 }: { readonly caseId: string; readonly sha256: string },
  response: Response,
): Promise<void> {
  const { rows } = await readsOf(service, caller).query<PhotoRow>(
    `SELECT p.sha256, p.media_type AS "mediaType", p.shown_sha256 AS "shownSha256"
     FROM case_file c JOIN case_event e ON e.case_id = c.id JOIN photo p ON p.sha256 = $2
     WHERE c.id = $1::uuid AND c.village_code LIKE ANY ($3::text[]) AND e.event->'appraisal'->'photos' ? $2 ORDER BY p.shown_sha256 NULLS LAST LIMIT 1`,
    [caseId, sha256, likeAny(regionPrefixes(caller))],
  );
  if (!rows[0]) throw notFound();
  await sendPhoto(service, response, rows[0]);
}

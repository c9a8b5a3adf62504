import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import { sendImage } from '@bangfu/service-kit/files/image';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Response } from 'express';
import type { Identification } from '../../../db/client.ts';

/** Streams a photo of a meeting in a case within the scope. @throws Refusal 404 */
export async function getCasePhoto(
  service: Identification,
  caller: Caller,
  { caseId, sha256 }: { readonly caseId: string; readonly sha256: string },
  response: Response,
): Promise<void> {
  const { rows } = await readsOf(service, caller).query<{ mediaType: string }>(
    `SELECT p.media_type AS "mediaType" FROM case_file c JOIN case_event e ON e.case_id = c.id JOIN photo p ON p.sha256 = $2
     WHERE c.id = $1::uuid AND c.village_code LIKE ANY ($3::text[]) AND e.event->'appraisal'->'photos' ? $2 LIMIT 1`,
    [caseId, sha256, likeAny(regionPrefixes(caller))],
  );
  if (!rows[0]) throw notFound();
  await sendImage(service.files, response, { sha256, mediaType: rows[0].mediaType });
}

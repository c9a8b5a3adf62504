import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { sendImage } from '@bangfu/service-kit/files/image';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Response } from 'express';
import type { Pairing } from '../../../db/client.ts';
import { visibleTo } from '../../../db/visible.ts';
import { VISIT_TABLES, visitVisible } from '../visit.repository.ts';

/** Streams a photo of a visit within the scope. @throws Refusal 404 */
export async function getVisitPhoto(
  service: Pairing,
  caller: Caller,
  photo: { visitId: string; sha256: string },
  response: Response,
): Promise<void> {
  const { rows } = await readsOf(service, caller).query<{ media_type: string }>(
    `SELECT p.media_type FROM ${VISIT_TABLES} JOIN visit_photo p ON p.visit_id = v.id
     WHERE v.id = $5::uuid AND p.sha256 = $6 AND ${visitVisible(1)}`,
    [...visibleTo(caller), photo.visitId, photo.sha256],
  );
  if (!rows[0]) throw notFound();
  await sendImage(service.files, response, { sha256: photo.sha256, mediaType: rows[0].media_type });
}

import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import type { PhotoRow } from '@bangfu/platform/files/image';
import { sendPhoto } from '@bangfu/platform/files/photo';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Response } from 'express';
import type { Pairing } from '../../../db/client.ts';
import { visibleTo } from '../../../db/visible.ts';
import { VISIT_TABLES, visitVisible } from '../visit.repository.ts';

/** Streams a photo of a visit within the scope. @throws Refusal 404; DomainError PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS */
export async function getVisitPhoto(
  service: Pairing,
  caller: Caller,
  photo: { visitId: string; sha256: string },
  { response, now }: { response: Response; now: Date },
): Promise<void> {
  const { rows } = await readsOf(service, caller).query<PhotoRow>(
    `SELECT p.sha256, p.media_type AS "mediaType", f.shown_sha256 AS "shownSha256"
     FROM ${VISIT_TABLES} JOIN visit_photo p ON p.visit_id = v.id
     JOIN photo f ON f.sha256 = p.sha256 AND f.account_id = v.account_id
     WHERE v.id = $6::uuid AND p.sha256 = $7 AND ${visitVisible(1)}`,
    [...visibleTo(caller, businessDayOf(now)), photo.visitId, photo.sha256],
  );
  if (!rows[0]) throw notFound();
  await sendPhoto(service, response, rows[0]);
}

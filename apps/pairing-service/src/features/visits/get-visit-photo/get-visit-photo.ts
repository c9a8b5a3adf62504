import * as contract from '@bangfu/contracts/pairing/visits';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { sendPhoto } from '@bangfu/platform/files/photo';
import { notFound } from '@bangfu/platform/http/refusal';
import { download } from '../../../operations.ts';
import { visits, visitVisible } from '../visit.repository.ts';

/** Streams a photo of a visit within the scope. @throws Refusal 404; DomainError PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS */
export const getVisitPhoto = download(contract.getVisitPhoto, async ({ read, caller, params, now, kit, response }) => {
  const photo = await visits(read)
    .innerJoin('visit_photo as p', 'p.visit_id', 'v.id')
    .innerJoin('photo as f', (join) =>
      join.onRef('f.sha256', '=', 'p.sha256').onRef('f.account_id', '=', 'v.account_id'),
    )
    .where('v.id', '=', params.visitId)
    .where('p.sha256', '=', params.sha256)
    .where((eb) => visitVisible(eb, caller, businessDayOf(now)))
    .select(['p.sha256', 'p.media_type as mediaType', 'f.shown_sha256 as shownSha256'])
    .executeTakeFirst();
  if (!photo) throw notFound();
  await sendPhoto(kit, response, photo);
});

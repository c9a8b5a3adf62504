import * as contract from '@bangfu/contracts/identification/case-photos';
import { inRegions } from '@bangfu/data/scope';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { sendPhoto } from '@bangfu/platform/files/photo';
import { notFound } from '@bangfu/platform/http/refusal';
import { sql, type SqlBool } from 'kysely';
import { download } from '../../../operations.ts';

/** Streams a photo of a meeting in a case within the scope. @throws Refusal 404; DomainError PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS */
export const getCasePhoto = download(contract.getCasePhoto, async ({ params, read, caller, response, kit }) => {
  const { caseId, sha256 } = params;
  const photo = await read
    .selectFrom('case_file as c')
    .innerJoin('case_event as e', 'e.case_id', 'c.id')
    .innerJoin('photo as p', (join) => join.on('p.sha256', '=', sha256))
    .where('c.id', '=', caseId)
    .where((eb) => inRegions(eb.ref('c.village_code'), regionPrefixes(caller)))
    .where(({ ref }) => sql<SqlBool>`${ref('e.event')}->'appraisal'->'photos' ? ${sha256}`)
    .orderBy('p.shown_sha256')
    .limit(1)
    .select(['p.sha256', 'p.media_type as mediaType', 'p.shown_sha256 as shownSha256'])
    .executeTakeFirst();
  if (!photo) throw notFound();
  await sendPhoto(kit, response, photo);
});

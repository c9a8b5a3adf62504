import type { Readable } from 'node:stream';
import { uploadCasePhoto as operation } from '@bangfu/contracts/identification/case-photos';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { putImage } from '@bangfu/service-kit/files/image';
import type { Identification } from '../../../db/client.ts';

/**
 * Takes a photo into the file store, for an appraisal meeting this account records to refer to.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, FILE_TOO_LARGE; nothing is kept then
 */
export async function uploadCasePhoto(service: Identification, actor: Actor, upload: Readable) {
  const answer = await putImage(service.files, upload);
  const { caller, now } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, answer, async (_tx, sql) => {
    await sql.query(
      `INSERT INTO photo (sha256, account_id, county_code, media_type, size, uploaded_at)
       VALUES ($1, $2, $3, $4, $5, $6::timestamptz) ON CONFLICT DO NOTHING`,
      [answer.sha256, caller.id, caller.countyCode, answer.mediaType, answer.size, now.toISOString()],
    );
    return {
      answer,
      audit: [
        { action: operation.audit ?? '', recordType: 'photo', recordId: answer.sha256, change: { after: answer } },
      ],
    };
  });
}

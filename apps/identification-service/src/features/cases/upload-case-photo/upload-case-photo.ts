import type { Readable } from 'node:stream';
import { uploadCasePhoto as operation } from '@bangfu/contracts/identification/case-photos';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { putImage } from '@bangfu/service-kit/files/image';
import type { Identification } from '../../../db/client.ts';

/**
 * Takes a photo into the file store, for an appraisal meeting this account records to refer to. The same photo again
 * is the same file.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS, FILE_TOO_LARGE; nothing is kept then
 */
export async function uploadCasePhoto(service: Identification, actor: Actor, upload: Readable) {
  const { originSealed, ...image } = await putImage(service.files, service.cipher, upload);
  const { caller, now } = actor;
  const { originalSha256 } = image;
  return runCommand(service.transaction, service.newId, operation, actor, { originalSha256 }, async (_tx, sql) => {
    // One of an earlier release has its uploaded file's digest for its name.
    const [known] = await sql.query<{ sha256: string; size: number; mediaType: string }>(
      `SELECT sha256, size, media_type AS "mediaType" FROM photo
       WHERE account_id = $1 AND (original_sha256 = $2 OR sha256 = $2) LIMIT 1`,
      [caller.id, originalSha256],
    );
    const { sha256, size, mediaType } = known ?? image;
    const answer = { sha256, size, mediaType };
    if (!known) {
      await sql.query(
        `INSERT INTO photo (sha256, account_id, county_code, media_type, size, uploaded_at, original_sha256,
           origin_sealed, shown_sha256)
         VALUES ($1, $2, $3, $4, $5, $6::timestamptz, $7, $8::bytea, $1) ON CONFLICT DO NOTHING`,
        [sha256, caller.id, caller.countyCode, mediaType, size, now.toISOString(), originalSha256, originSealed],
      );
    }
    return {
      answer,
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'photo',
          recordId: sha256,
          change: { after: { ...answer, originalSha256 } },
        },
      ],
    };
  });
}

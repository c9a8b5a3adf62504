import type { Readable } from 'node:stream';
import type { Response } from 'express';
import { type ActedOperation, type Actor, type OpenTransaction, runCommand } from '../db/command.ts';
import type { ServiceKit } from '../service.ts';
import { type Cipher, recordOf, sealedColumn } from '../secrets/cipher.ts';
import { type PhotoRow, putImage, sendImage } from './image.ts';

/** A service that keeps photos: each one a row of its table `photo`, once for an account. */
interface PhotoService<Tx> extends Pick<ServiceKit, 'files' | 'cipher' | 'newId'> {
  readonly transaction: OpenTransaction<Tx>;
}

/** A photo as whoever uploads it is told of it. */
interface TakenPhoto {
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: string;
}

/**
 * Takes a photo into the file store, for a record of this account to refer to. The same photo again is the same file.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS, FILE_TOO_LARGE; nothing is kept then
 */
export async function takePhoto<Tx>(
  service: PhotoService<Tx>,
  operation: ActedOperation,
  actor: Actor,
  upload: Readable,
): Promise<TakenPhoto> {
  const { originalSha256, origin, ...image } = await putImage(service.files, upload);
  const { caller, now } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, { originalSha256 }, async (_tx, sql) => {
    // One of an earlier release has its uploaded file's digest for its name.
    const [known] = await sql.query<TakenPhoto>(
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
        [
          sha256,
          caller.id,
          caller.countyCode,
          mediaType,
          size,
          now.toISOString(),
          originalSha256,
          sealedOrigin(service.cipher, origin, sha256, caller.id),
        ],
      );
    }
    const change = { after: { ...answer, originalSha256 } };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'photo', recordId: sha256, change }],
    };
  });
}

/**
 * Sends a photo to whoever may see it, as `sendImage`; what one of an earlier release became is kept in its row.
 * @throws DomainError PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS
 */
export async function sendPhoto<Tx>(service: PhotoService<Tx>, response: Response, photo: PhotoRow): Promise<void> {
  await sendImage(service.files, response, photo, async (image) => {
    await service.transaction(async (_tx, sql) => {
      const unshown = 'WHERE sha256 = $1 AND shown_sha256 IS NULL';
      const rows = await sql.query<{ accountId: string }>(
        `SELECT account_id AS "accountId" FROM photo ${unshown} FOR UPDATE`,
        [photo.sha256],
      );
      for (const { accountId } of rows) {
        const origin = sealedOrigin(service.cipher, image.origin, photo.sha256, accountId);
        await sql.query(
          `UPDATE photo SET original_sha256 = $2, origin_sealed = $3::bytea, shown_sha256 = $4 ${unshown}
             AND account_id = $5`,
          [photo.sha256, image.originalSha256, origin, image.sha256, accountId],
        );
      }
    });
  });
}

/** Where and when a photo was taken, in the tables `photo` of the services that keep some. */
export const PHOTO_ORIGIN = sealedColumn('photo', 'origin_sealed');

function sealedOrigin(cipher: Cipher, origin: string | null, sha256: string, accountId: string) {
  return origin === null ? null : Uint8Array.from(cipher.seal(PHOTO_ORIGIN, recordOf(sha256, accountId), origin));
}

import type { Readable } from 'node:stream';
import type { Response } from 'express';
import type { Sql } from '@bangfu/data/sql';
import { type ActedOperation, type Actor, runCommand } from '../db/command.ts';
import type { ServiceKit } from '../service.ts';
import { type Cipher, recordOf, sealedColumn } from '../secrets/cipher.ts';
import { type PhotoRow, putImage, sendImage, type StoredImage } from './image.ts';

/** A service that keeps photos: each one a row of its table `photo`, once for an account. */
type PhotoService = Pick<ServiceKit, 'files' | 'cipher' | 'newId' | 'bulk'>;

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
export async function takePhoto(
  service: PhotoService,
  operation: ActedOperation,
  actor: Actor,
  upload: Readable,
): Promise<TakenPhoto> {
  const brought = await putImage(service.files, upload);
  const { originalSha256 } = brought;
  return runCommand(service.bulk, service.newId, operation, actor, { originalSha256 }, async (_tx, sql) => {
    const answer = await keepPhoto(sql, service.cipher, actor, brought);
    const change = { after: { ...answer, originalSha256 } };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'photo', recordId: answer.sha256, change }],
    };
  });
}

/** Keeps a photo for an account, within the transaction of its command; the one that it has already stays as it is. */
export async function keepPhoto(
  sql: Sql,
  cipher: Cipher,
  { caller, now }: Pick<Actor, 'caller' | 'now'>,
  { originalSha256, origin, ...image }: StoredImage,
): Promise<TakenPhoto> {
  // One of an earlier release has its uploaded file's digest for its name.
  const [known] = await sql.query<TakenPhoto>(
    `SELECT sha256, size, media_type AS "mediaType" FROM photo
     WHERE account_id = $1 AND (original_sha256 = $2 OR sha256 = $2) LIMIT 1`,
    [caller.id, originalSha256],
  );
  const { sha256, size, mediaType } = known ?? image;
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
        sealedOrigin(cipher, origin, sha256, caller.id),
      ],
    );
  }
  return { sha256, size, mediaType };
}

/**
 * Sends a photo to whoever may see it, as `sendImage`; what one of an earlier release became is kept in its row.
 * @throws DomainError PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS
 */
export async function sendPhoto(service: PhotoService, response: Response, photo: PhotoRow): Promise<void> {
  await sendImage(service.files, response, photo, async (image) => {
    await service.bulk(async (_tx, sql) => {
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

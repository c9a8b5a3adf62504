import { type Readable, Transform } from 'node:stream';
import { uploadVisitPhoto } from '@bangfu/contracts/pairing/visits';
import { DomainError, demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Pairing } from '../../../db/client.ts';

const LARGEST_PHOTO = 10 * 1024 * 1024;
/** Enough of the beginning to tell what a file is. */
const HEAD = 16;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');

/** The kind of an image by its first bytes, whatever its name says; null for anything else. */
export function imageType(head: Uint8Array): 'image/jpeg' | 'image/png' | null {
  const bytes = Buffer.from(head);
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  return bytes.subarray(0, JPEG.length).equals(JPEG) ? 'image/jpeg' : null;
}

/**
 * Takes a photo into the file store, for a visit of this account to refer to. The same photo again is the same file.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, FILE_TOO_LARGE; nothing is kept then
 */
export async function takePhoto(service: Pairing, actor: Actor, upload: Readable) {
  const { mediaType, file } = await keep(service, upload);
  const answer = { ...file, mediaType };
  const { caller, now } = actor;
  return runCommand(service.transaction, service.newId, uploadVisitPhoto, actor, file, async (tx) => {
    await tx.photo.createMany({
      data: {
        sha256: file.sha256,
        accountId: caller.id,
        countyCode: caller.countyCode,
        mediaType,
        size: file.size,
        uploadedAt: now,
      },
      skipDuplicates: true,
    });
    return {
      answer,
      audit: [{ action: uploadVisitPhoto.audit ?? '', recordType: 'photo', recordId: file.sha256, change: answer }],
    };
  });
}

/** Puts an upload into the store while looking at its beginning. */
async function keep(service: Pairing, upload: Readable) {
  let head = Buffer.alloc(0);
  let mediaType: ReturnType<typeof imageType> = null;
  const looked = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (head.length < HEAD) {
        head = Buffer.concat([head, chunk.subarray(0, HEAD)]);
        mediaType = imageType(head);
        if (head.length >= HEAD && mediaType === null) return done(new DomainError('PHOTO_NOT_AN_IMAGE'));
      }
      done(null, chunk);
    },
    flush(done) {
      done(mediaType === null ? new DomainError('PHOTO_NOT_AN_IMAGE') : null);
    },
  });
  // The store's pipeline tells of the error; a stream without a listener would end the process.
  looked.on('error', () => undefined);
  upload.once('error', (error) => looked.destroy(error));
  try {
    const file = await service.files.put(upload.pipe(looked), LARGEST_PHOTO);
    demand(mediaType !== null, 'PHOTO_NOT_AN_IMAGE');
    return { mediaType: mediaType as NonNullable<ReturnType<typeof imageType>>, file };
  } catch (error) {
    // What is left of a refused upload is read off, else the connection hangs for the next request.
    upload.unpipe(looked);
    upload.resume();
    throw error;
  }
}

import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { Response } from 'express';
import type { FileStore, StoredFile } from './store.ts';

/** A photo in the file store. */
export interface StoredImage extends StoredFile {
  readonly mediaType: 'image/jpeg' | 'image/png';
}

const LARGEST_PHOTO = 10 * 1024 * 1024;
/** Enough of the beginning to tell what a file is. */
const HEAD = 16;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');

/** The kind of an image by its first bytes, whatever its name says; null for anything else. */
function imageType(head: Uint8Array): StoredImage['mediaType'] | null {
  const bytes = Buffer.from(head);
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  return bytes.subarray(0, JPEG.length).equals(JPEG) ? 'image/jpeg' : null;
}

/**
 * Takes a photo, JPEG or PNG, into the file store while looking at its beginning. The same photo is the same file.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, FILE_TOO_LARGE beyond 10 MB; nothing is kept then
 */
export async function putImage(files: FileStore, upload: Readable): Promise<StoredImage> {
  let head = Buffer.alloc(0);
  const seen: { mediaType: StoredImage['mediaType'] | null } = { mediaType: null };
  const looked = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (head.length < HEAD) {
        head = Buffer.concat([head, chunk.subarray(0, HEAD)]);
        seen.mediaType = imageType(head);
        if (head.length >= HEAD && seen.mediaType === null) return done(new DomainError('PHOTO_NOT_AN_IMAGE'));
      }
      done(null, chunk);
    },
    flush(done) {
      done(seen.mediaType === null ? new DomainError('PHOTO_NOT_AN_IMAGE') : null);
    },
  });
  // The store's pipeline tells of the error; a stream without a listener would end the process.
  looked.on('error', () => undefined);
  upload.once('error', (error) => looked.destroy(error));
  try {
    const file = await files.put(upload.pipe(looked), LARGEST_PHOTO);
    if (seen.mediaType === null) throw new DomainError('PHOTO_NOT_AN_IMAGE');
    return { ...file, mediaType: seen.mediaType };
  } catch (error) {
    // What is left of a refused upload is read off, else the connection hangs for the next request.
    upload.unpipe(looked);
    upload.resume();
    throw error;
  }
}

/** Streams a photo to whoever may see it; who that is was decided before. */
export async function sendImage(
  files: FileStore,
  response: Response,
  { sha256, mediaType }: Pick<StoredImage, 'sha256'> & { readonly mediaType: string },
): Promise<void> {
  const bytes = await files.read(sha256);
  response.setHeader('content-type', mediaType);
  response.setHeader('content-disposition', 'inline');
  // A file under its own digest never changes; it stays with the one who was let in.
  response.setHeader('cache-control', 'private, max-age=3600, immutable');
  await pipeline(bytes, response);
}

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { Response } from 'express';
import { type Picture, rewritePhoto } from './picture.ts';
import type { FileStore, StoredFile } from './store.ts';

/** A photo in the file store: its picture re-encoded, and beside it what the uploaded file was. */
export interface StoredImage extends StoredFile, Pick<Picture, 'mediaType' | 'originalSha256'> {
  /** Time and position of the uploaded file as JSON, to be sealed; null where it said neither. */
  readonly origin: string | null;
}

/** A photo's row. Where `shownSha256` is null it is a file of an earlier release, kept as it was uploaded. */
export interface PhotoRow {
  readonly sha256: string;
  readonly mediaType: string;
  readonly shownSha256: string | null;
}

const LARGEST_PHOTO = 10 * 1024 * 1024;

/**
 * Takes a photo, JPEG or PNG, into the file store: its picture re-encoded; the uploaded file is not kept.
 * The same photo is the same file.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS, FILE_TOO_LARGE beyond 10 MB
 */
export async function putImage(files: FileStore, upload: Readable): Promise<StoredImage> {
  return keep(files, await rewritePhoto(await readUpTo(upload, LARGEST_PHOTO)));
}

async function keep(files: FileStore, picture: Picture): Promise<StoredImage> {
  const { bytes, mediaType, originalSha256, origin } = picture;
  const stored = await files.put(Readable.from([bytes]), Number.POSITIVE_INFINITY);
  const says = origin.takenAt !== null || origin.position !== null;
  return { ...stored, mediaType, originalSha256, origin: says ? JSON.stringify(origin) : null };
}

/** Reads an upload to its end, else the connection hangs for the next request. @throws DomainError FILE_TOO_LARGE */
async function readUpTo(upload: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of upload as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit) throw new DomainError('FILE_TOO_LARGE', { megabytes: Math.floor(limit / 1_048_576) });
  return Buffer.concat(chunks);
}

/**
 * Sends a photo to whoever may see it; who that is was decided before. One of an earlier release is re-encoded
 * first and handed to `remember`, so that it is done once: its uploaded file may hold a position, and is never sent.
 * @throws DomainError PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS when a photo of an earlier release cannot be shown
 */
export async function sendImage(
  files: FileStore,
  response: Response,
  photo: PhotoRow,
  remember: (image: StoredImage) => Promise<void>,
): Promise<void> {
  const shown = photo.shownSha256 ?? (await showEarlier(files, photo.sha256, remember));
  const bytes = await files.read(shown);
  response.setHeader('content-type', photo.mediaType);
  response.setHeader('content-disposition', 'inline');
  // A file under its own digest never changes; it stays with the one who was let in.
  response.setHeader('cache-control', 'private, max-age=3600, immutable');
  await pipeline(bytes, response);
}

async function showEarlier(
  files: FileStore,
  sha256: string,
  remember: (image: StoredImage) => Promise<void>,
): Promise<string> {
  const uploaded = await buffer(await files.read(sha256));
  const image = await keep(files, await rewritePhoto(uploaded, { torn: true }));
  await remember(image);
  return image.sha256;
}

import { createHash } from 'node:crypto';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { Sharp, SharpOptions } from 'sharp';
import { Refusal } from '../http/refusal.ts';

/** A photo as it is kept and shown: upright, with nothing in it but its pixels. */
export interface Picture {
  readonly bytes: Buffer;
  readonly mediaType: 'image/jpeg' | 'image/png';
  /** The digest of the file that was uploaded, by which the same photo is known again. */
  readonly originalSha256: string;
  /** What the uploaded file said of itself. */
  readonly origin: PhotoOrigin;
}

/** When and where the camera says that a photo was taken; null where it says nothing. */
export interface PhotoOrigin {
  /** As the camera writes it, in its own time: "2026-03-04T11:00:00", with its offset where it gives one. */
  readonly takenAt: string | null;
  /** WGS 84 degrees. */
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
}

/** A camera of fifty megapixels is a good one of its day; decoding one takes some 150 MB. */
const MAX_MEGAPIXELS = 50;
const MAX_SIDE = 12_000;
const MAX_SECONDS = 30;
const JPEG_QUALITY = 88;
/** A camera's own part with a small preview is 64 KB at most. */
const MAX_EXIF_BYTES = 256 * 1024;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');

/** The kind of an image by its first bytes, whatever its name says; null for anything else. */
function imageType(bytes: Buffer): Picture['mediaType'] | null {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  return bytes.subarray(0, JPEG.length).equals(JPEG) ? 'image/jpeg' : null;
}

/** One photo is decoded at a time, so that many uploads at once take no more memory than one. */
let queue: Promise<unknown> = Promise.resolve();
/** Each photo that waits for its turn lies in memory with up to 10 MB. */
const MAX_WAITING = 10;
let waiting = 0;

/**
 * Decodes a photo and encodes it again, upright, in sRGB and without anything that is not a pixel.
 * `torn` also takes a file that is damaged at its end, as far as it can be read: for photos taken in before this check.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, PHOTO_TOO_MANY_PIXELS, PHOTO_BROKEN; Refusal 503 PHOTOS_BUSY
 */
export function rewritePhoto(upload: Buffer, { torn = false } = {}): Promise<Picture> {
  if (waiting >= MAX_WAITING) return Promise.reject(new Refusal(503, 'PHOTOS_BUSY'));
  waiting += 1;
  const done = queue.then(() => {
    waiting -= 1;
    return rewrite(upload, torn);
  });
  queue = done.catch(() => undefined);
  return done;
}

async function rewrite(upload: Buffer, torn: boolean): Promise<Picture> {
  const mediaType = imageType(upload);
  if (mediaType === null) throw new DomainError('PHOTO_NOT_AN_IMAGE');
  // The sides stand in the first bytes of a PNG: its reader of headers wants more than a bomb may bring.
  if (mediaType === 'image/png' && upload.length >= 24) assertSides(upload.readUInt32BE(16), upload.readUInt32BE(20));
  const sharp = await decoder();
  const options: SharpOptions = {
    failOn: torn ? 'none' : 'error',
    limitInputPixels: MAX_MEGAPIXELS * 1_000_000,
    sequentialRead: true,
  };
  // The header is read before any pixel is: what it promises decides whether it is decoded.
  const header = await readable(sharp(upload, { ...options, limitInputPixels: false }).metadata());
  assertSides(header.width, header.height);
  const decode = (failOn: SharpOptions['failOn']) => {
    const image = sharp(upload, { ...options, failOn }).timeout({ seconds: MAX_SECONDS });
    return encode(image.autoOrient().toColourspace('srgb'), mediaType).toBuffer();
  };
  const strict = mediaType === 'image/jpeg' && !torn ? decode('warning').catch(unlessCutShort) : null;
  const bytes = (await strict) ?? (await readable(decode(options.failOn)));
  const originalSha256 = createHash('sha256').update(upload).digest('hex');
  return { bytes, mediaType, originalSha256, origin: await readOrigin(header.exif) };
}

function encode(image: Sharp, mediaType: Picture['mediaType']): Sharp {
  if (mediaType === 'image/png') return image.png({ compressionLevel: 6 });
  return image.flatten({ background: '#ffffff' }).jpeg({ quality: JPEG_QUALITY });
}

function assertSides(width: number, height: number): void {
  if (width <= MAX_SIDE && height <= MAX_SIDE && width * height <= MAX_MEGAPIXELS * 1_000_000) return;
  throw new DomainError('PHOTO_TOO_MANY_PIXELS', { width, height, megapixels: MAX_MEGAPIXELS, side: MAX_SIDE });
}

/**
 * A JPEG that is cut short and closed again only warns of it, as do the odd bytes that some telephones write between
 * its parts: the first is broken, the second is read with less care. @throws DomainError PHOTO_BROKEN
 */
function unlessCutShort(error: unknown): null {
  if (String(error).includes('premature end')) throw new DomainError('PHOTO_BROKEN');
  return null;
}

/** What the library cannot read is a broken photo; why is in its own words, which tell the person nothing. */
async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new DomainError('PHOTO_BROKEN');
  }
}

/** The library takes memory and starts threads, so a process that meets no photo does not load it. */
async function decoder() {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  // Only the two readers are open, whatever the bytes look like to the library.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] });
  return sharp;
}

const FIELDS = [
  'DateTimeOriginal',
  'OffsetTimeOriginal',
  'GPSLatitude',
  'GPSLatitudeRef',
  'GPSLongitude',
  'GPSLongitudeRef',
];
const NOTHING_SAID: PhotoOrigin = { takenAt: null, position: null };

/** Time and position of a camera's own part; a part that cannot be read says nothing. */
async function readOrigin(exif: Buffer | undefined): Promise<PhotoOrigin> {
  if (!exif || exif.length > MAX_EXIF_BYTES) return NOTHING_SAID;
  const { default: exifr } = await import('exifr');
  const tiff = exif.subarray(0, 4).toString('latin1') === 'Exif' ? exif.subarray(6) : exif;
  try {
    const said = (await exifr.parse(tiff, { pick: FIELDS, reviveValues: false })) as
      | Record<string, unknown>
      | undefined;
    return said ? { takenAt: takenAt(said), position: positionOf(said) } : NOTHING_SAID;
  } catch {
    return NOTHING_SAID;
  }
}

function takenAt({ DateTimeOriginal: time, OffsetTimeOriginal: offset }: Record<string, unknown>): string | null {
  const parts = typeof time === 'string' ? /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(time) : null;
  if (!parts) return null;
  const zone = typeof offset === 'string' && /^[+-]\d\d:\d\d/.test(offset) ? offset.slice(0, 6) : '';
  return `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}${zone}`;
}

function positionOf({ latitude, longitude }: Record<string, unknown>): PhotoOrigin['position'] {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isOnEarth ? { latitude, longitude } : null;
}

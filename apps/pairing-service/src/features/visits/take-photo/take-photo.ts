import { Readable } from 'node:stream';
import { uploadVisitPhoto } from '@bangfu/contracts/pairing/visits';
import { demand } from '@bangfu/domain/shared/errors';
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
  const { head, whole } = await withHead(upload);
  const mediaType = imageType(head);
  if (mediaType === null) upload.resume();
  demand(mediaType !== null, 'PHOTO_NOT_AN_IMAGE');
  const file = await service.files.put(whole, LARGEST_PHOTO);
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

/** Looks at the beginning of a stream and gives it back whole. */
async function withHead(source: Readable): Promise<{ head: Buffer; whole: Readable }> {
  const chunks = source.iterator({ destroyOnReturn: false });
  let head: Buffer = Buffer.alloc(0);
  while (head.length < HEAD) {
    const { value, done } = (await chunks.next()) as IteratorResult<Buffer, undefined>;
    if (done || value === undefined) break;
    head = Buffer.concat([head, value]);
  }
  async function* whole() {
    yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { head, whole: Readable.from(whole()) };
}

import type { Readable } from 'node:stream';
import { uploadVisitPhoto as operation } from '@bangfu/contracts/pairing/visits';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { putImage } from '@bangfu/service-kit/files/image';
import type { Pairing } from '../../../db/client.ts';

/**
 * Takes a photo into the file store, for a visit of this account to refer to. The same photo again is the same file.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, PHOTO_BROKEN, PHOTO_TOO_MANY_PIXELS, FILE_TOO_LARGE; nothing is kept then
 */
export async function uploadVisitPhoto(service: Pairing, actor: Actor, upload: Readable) {
  const { originSealed, ...image } = await putImage(service.files, service.cipher, upload);
  const { caller, now } = actor;
  const { originalSha256 } = image;
  return runCommand(service.transaction, service.newId, operation, actor, { originalSha256 }, async (tx) => {
    // One of an earlier release has its uploaded file's digest for its name.
    const known = await tx.photo.findFirst({
      where: { accountId: caller.id, OR: [{ originalSha256 }, { sha256: originalSha256 }] },
    });
    const { sha256, size, mediaType } = known ?? image;
    const answer = { sha256, size, mediaType };
    await tx.photo.createMany({
      data: known
        ? []
        : {
            ...image,
            originSealed,
            shownSha256: sha256,
            accountId: caller.id,
            countyCode: caller.countyCode,
            uploadedAt: now,
          },
      skipDuplicates: true,
    });
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

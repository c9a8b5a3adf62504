import type { Readable } from 'node:stream';
import { uploadVisitPhoto as operation } from '@bangfu/contracts/pairing/visits';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { putImage } from '@bangfu/service-kit/files/image';
import type { Pairing } from '../../../db/client.ts';

/**
 * Takes a photo into the file store, for a visit of this account to refer to. The same photo again is the same file.
 * @throws DomainError PHOTO_NOT_AN_IMAGE, FILE_TOO_LARGE; nothing is kept then
 */
export async function uploadVisitPhoto(service: Pairing, actor: Actor, upload: Readable) {
  const answer = await putImage(service.files, upload);
  const { caller, now } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, answer, async (tx) => {
    await tx.photo.createMany({
      data: {
        ...answer,
        accountId: caller.id,
        countyCode: caller.countyCode,
        uploadedAt: now,
      },
      skipDuplicates: true,
    });
    return {
      answer,
      audit: [
        { action: operation.audit ?? '', recordType: 'photo', recordId: answer.sha256, change: { after: answer } },
      ],
    };
  });
}

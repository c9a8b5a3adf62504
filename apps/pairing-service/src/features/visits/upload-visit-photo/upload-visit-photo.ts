import * as contract from '@bangfu/contracts/pairing/visits';
import { pgSql } from '@bangfu/data/sql';
import { putImage } from '@bangfu/platform/files/image';
import { keepPhoto } from '@bangfu/platform/files/photo';
import { upload } from '../../../operations.ts';

/** Takes a photo, for a visit of this account to refer to. @throws DomainError as `putImage` */
export const uploadVisitPhoto = upload(
  contract.uploadVisitPhoto,
  ({ kit, upload: file }) => putImage(kit.files, file),
  async (call) => {
    const { tx, kit, audit, brought } = call;
    const answer = await keepPhoto(pgSql(tx.client), kit.cipher, call, brought);
    audit.change('photo', answer.sha256, null, { ...answer, originalSha256: brought.originalSha256 });
    return answer;
  },
);

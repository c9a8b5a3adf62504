import * as contract from '@bangfu/contracts/identification/case-photos';
import { pgSql } from '@bangfu/data/sql';
import { putImage } from '@bangfu/platform/files/image';
import { keepPhoto } from '@bangfu/platform/files/photo';
import { upload } from '../../../operations.ts';

/** Takes a photo, for an appraisal meeting this account records to refer to. @throws DomainError as `putImage` */
export const uploadCasePhoto = upload(
  contract.uploadCasePhoto,
  (call) => putImage(call.kit.files, call.upload),
  async (call) => {
    const { tx, kit, brought, audit } = call;
    const answer = await keepPhoto(pgSql(tx.client), kit.cipher, call, brought);
    audit.change('photo', answer.sha256, null, { ...answer, originalSha256: brought.originalSha256 });
    return answer;
  },
);

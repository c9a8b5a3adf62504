import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/training/certificates';
import { maskName } from '@bangfu/domain/shared/person-name';
import { certificateNumber, readCertificateNumber } from '@bangfu/domain/training/certificate';
import { query } from '../../../operations.ts';
import { shownCertificates } from '../certificate.repository.ts';

type Answer = AnswerInputOf<typeof contract.verifyCertificate>;

/** Whether a number as someone typed it is a genuine certificate; open to all, so the name is masked and no more is said. */
export const verifyCertificate = query(contract.verifyCertificate, async ({ params, read }): Promise<Answer> => {
  const parts = readCertificateNumber(params.number);
  if (!parts) return { number: params.number.trim(), result: 'wrong', certificate: null };
  const number = certificateNumber(parts.county, parts.year, parts.serial);
  const found = await shownCertificates(read).where('t.number', '=', number).executeTakeFirst();
  if (!found) return { number, result: 'unknown', certificate: null };
  const { courseName, className, providerName, personName, issuedOn, withdrawnOn } = found;
  return {
    number,
    result: withdrawnOn === null ? 'valid' : 'withdrawn',
    certificate: { courseName, className, providerName, holder: maskName(personName), issuedOn, withdrawnOn },
  };
});

import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { Certificate, verifyCertificate as operation } from '@bangfu/contracts/training/certificates';
import { maskName } from '@bangfu/domain/shared/person-name';
import { certificateNumber, readCertificateNumber } from '@bangfu/domain/training/certificate';
import type { Training } from '../../../db/client.ts';
import { CERTIFICATE_COLUMNS, CERTIFICATE_TABLES } from '../certificate.repository.ts';

/** Whether a number as someone typed it is a genuine certificate; open to all, so the name is masked and nothing else told. */
export async function verifyCertificate(service: Training, typed: string): Promise<AnswerOf<typeof operation>> {
  const parts = readCertificateNumber(typed);
  if (!parts) return { number: typed.trim(), result: 'wrong', certificate: null };
  const number = certificateNumber(parts.county, parts.year, parts.serial);
  const { rows } = await service.readPool.query<Certificate>(
    `SELECT ${CERTIFICATE_COLUMNS} FROM ${CERTIFICATE_TABLES} WHERE t.number = $1`,
    [number],
  );
  const [found] = rows;
  if (!found) return { number, result: 'unknown', certificate: null };
  const { courseName, className, providerName, personName, issuedOn, withdrawnOn } = found;
  return {
    number,
    result: withdrawnOn === null ? 'valid' : 'withdrawn',
    certificate: { courseName, className, providerName, holder: maskName(personName), issuedOn, withdrawnOn },
  };
}

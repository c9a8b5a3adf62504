import { getCertificate } from './get-certificate/get-certificate.ts';
import { issueCertificates } from './issue-certificates/issue-certificates.ts';
import { listCertificates } from './list-certificates/list-certificates.ts';
import { printCertificate } from './print-certificate/print-certificate.ts';
import { verifyCertificate } from './verify-certificate/verify-certificate.ts';
import { withdrawCertificate } from './withdraw-certificate/withdraw-certificate.ts';

/** Certificates: issue, list, print, withdraw, and their verification by anyone. */
export default [
  listCertificates,
  getCertificate,
  printCertificate,
  issueCertificates,
  withdrawCertificate,
  verifyCertificate,
];

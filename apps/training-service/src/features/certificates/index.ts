import * as contract from '@bangfu/contracts/training/certificates';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { route } from '@bangfu/platform/http/route';
import { verifyAddress } from '@bangfu/platform/print/verify-address';
import { Router } from 'express';
import type { Training } from '../../db/client.ts';
import { withSteps } from './certificate-steps.ts';
import { getCertificate } from './certificate.repository.ts';
import { issueCertificates } from './issue-certificates/issue-certificates.ts';
import { findCertificates } from './list-certificates/list-certificates.query.ts';
import { writeCertificate } from './print-certificate/print-certificate.ts';
import { verifyCertificate } from './verify-certificate/verify-certificate.query.ts';
import { withdrawCertificate } from './withdraw-certificate/withdraw-certificate.ts';

/** Certificates: issue, list, print, withdraw, and their verification by anyone. */
export function certificateRoutes(service: Training): Router {
  const router = Router();
  route(router, service, contract.listCertificates, async (call) => {
    const page = await findCertificates(service, call.caller, call.query);
    return { ...page, rows: await withSteps(service, call, page.rows) };
  });
  route(router, service, contract.getCertificate, async (call) => {
    const found = await getCertificate(pgSql(readsOf(service, call.caller)), call.caller, call.params.certificateId);
    const [certificate] = await withSteps(service, call, [found]);
    return certificate;
  });
  route(router, service, contract.printCertificate, async ({ caller, params, now, request, response }) => {
    const certificate = await getCertificate(pgSql(readsOf(service, caller)), caller, params.certificateId);
    response.type('application/pdf').set('content-disposition', `inline; filename="${certificate.number}.pdf"`);
    const address = verifyAddress(request, certificate.number);
    await writeCertificate(certificate, { verifyAddress: address, operator: caller.name, now }, response);
    return undefined;
  });
  route(router, service, contract.issueCertificates, (call) =>
    issueCertificates(service, call, call.params.classId, call.body.enrolmentIds),
  );
  route(router, service, contract.withdrawCertificate, (call) =>
    withdrawCertificate(service, call, call.params.certificateId, call.body),
  );
  route(router, service, contract.verifyCertificate, ({ params }) => verifyCertificate(service, params.number));
  return router;
}

import * as contract from '@bangfu/contracts/training/certificates';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { withSteps } from '../certificate-steps.ts';
import { getVisibleCertificate } from '../certificate.repository.ts';

/** One certificate with whether the reader may withdraw it now. @throws Refusal 404 */
export const getCertificate = query(contract.getCertificate, async (call) => {
  const found = await getVisibleCertificate(call.read, call.caller, call.params.certificateId);
  const [certificate] = await withSteps(call, [found]);
  if (!certificate) throw notFound();
  return certificate;
});

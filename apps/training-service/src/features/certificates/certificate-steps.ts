import { type Certificate, withdrawCertificate } from '@bangfu/contracts/training/certificates';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { demandValid } from '@bangfu/domain/training/certificate';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import type { OfferedStep } from '@bangfu/contracts/core/steps';
import { type Reader, stepsWithin } from '@bangfu/platform/steps';
import type { Training } from '../../db/client.ts';
import { STEP_WORDS } from '../../reason.ts';
import { findCertificatesById } from './certificate.repository.ts';

/** Certificates, each with whether the reader may withdraw it now. */
export async function withSteps(
  service: Training,
  reader: Reader,
  rows: readonly Certificate[],
): Promise<(Certificate & { steps: OfferedStep<'withdraw'>[] })[]> {
  const sql = pgSql(readsOf(service, reader.caller));
  const ids = rows.map(({ id }) => id);
  const offered = await stepsWithin(
    reader,
    STEP_WORDS,
    { withdraw: withdrawCertificate },
    async (as) => new Set((await findCertificatesById(sql, as, ids)).map(({ id }) => id)),
  );
  return rows.map((row) => ({ ...row, steps: offered(row.id, () => refusalOf(() => demandValid(row))) }));
}

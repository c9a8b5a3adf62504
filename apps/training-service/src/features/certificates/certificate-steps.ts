import { type Certificate, withdrawCertificate } from '@bangfu/contracts/training/certificates';
import type { OfferedStep } from '@bangfu/contracts/core/steps';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { demandValid } from '@bangfu/domain/training/certificate';
import { type Reader, stepsWithin } from '@bangfu/platform/steps';
import type { Tables } from '../../operations.ts';
import { STEP_WORDS } from '../../reason.ts';
import { findCertificatesById } from './certificate.repository.ts';

/** Certificates, each with whether the reader may withdraw it now. */
export async function withSteps(
  reader: Reader & { readonly read: ReadSql<Tables> },
  rows: readonly Certificate[],
): Promise<(Certificate & { steps: OfferedStep<'withdraw'>[] })[]> {
  const ids = rows.map(({ id }) => id);
  const offered = await stepsWithin(
    reader,
    STEP_WORDS,
    { withdraw: withdrawCertificate },
    async (as) => new Set((await findCertificatesById(reader.read, as, ids)).map(({ id }) => id)),
  );
  return rows.map((row) => ({ ...row, steps: offered(row.id, () => refusalOf(() => demandValid(row))) }));
}

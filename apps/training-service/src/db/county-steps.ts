import type { OfferedStep } from '@bangfu/contracts/core/steps';
import { type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { STEP_WORDS } from '../reason.ts';

/** A page of a county's own records, which whoever may change one may change all of. */
export async function withChangeStep<
  Row extends { readonly id: string },
  Page extends { readonly rows: readonly Row[] },
>(
  reader: Reader,
  command: StepCommand,
  page: Page & { readonly rows: readonly Row[] },
): Promise<Omit<Page, 'rows'> & { rows: (Row & { steps: OfferedStep<'change'>[] })[] }> {
  const ids = new Set(page.rows.map(({ id }) => id));
  const offered = await stepsWithin(reader, STEP_WORDS, { change: command }, async () => ids);
  return { ...page, rows: page.rows.map((row) => ({ ...row, steps: offered(row.id, () => null) })) };
}

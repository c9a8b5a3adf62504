import { type Refusal, refusalOf } from '@bangfu/domain/shared/errors';
import { demandSecond, isContained, PROPOSED_GRANT_STEPS } from '@bangfu/domain/shared/grants';
import { type Reader, stepWords } from '@bangfu/service-kit/steps';
import type { Gateway } from '../../gateway.ts';
import type { Grant as GrantRow } from '../../generated/prisma/client.ts';
import { MESSAGES } from '../../messages.ts';
import { grantOf } from './account.repository.ts';

const WORDS = stepWords(MESSAGES);

/** A proposed grant as it is shown, with what the reader can do about it. */
export function toProposed(gateway: Gateway, { caller, language }: Reader, row: GrantRow) {
  const grant = grantOf(row);
  const beyond = isContained(caller.usable, grant, gateway.countyCode)
    ? null
    : { code: 'GRANT_BEYOND_OWN', params: {} };
  const refusals: Record<(typeof PROPOSED_GRANT_STEPS)[number], Refusal | null> = {
    confirm: beyond ?? refusalOf(() => demandSecond({ accountId: row.userId, proposedBy: row.givenBy }, caller.id)),
    withdraw: beyond,
  };
  return {
    ...grant,
    id: row.id,
    proposedBy: row.givenByName,
    proposedAt: row.givenAt.toISOString(),
    steps: PROPOSED_GRANT_STEPS.map((step) => WORDS.toStep(step, refusals[step], language)),
  };
}

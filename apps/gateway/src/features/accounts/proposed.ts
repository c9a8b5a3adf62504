import { demandInReach, demandSecondToReset, PROPOSED_RESET_STEPS } from '@bangfu/domain/shared/accounts';
import { type Refusal, refusalOf } from '@bangfu/domain/shared/errors';
import { demandSecond, isContained, PROPOSED_GRANT_STEPS } from '@bangfu/domain/shared/grants';
import { type Reader, stepWords } from '@bangfu/platform/steps';
import type { Gateway } from '../../gateway.ts';
import { MESSAGES } from '../../messages.ts';
import { type Account, grantOf, type GrantRow } from './account.repository.ts';

const WORDS = stepWords(MESSAGES);

/** A proposed grant as it is shown, with what the reader can do about it. */
export function toProposed(gateway: Gateway, { caller, language }: Reader, row: GrantRow) {
  const grant = grantOf(row);
  const beyond = isContained(caller.usable, grant, gateway.countyCode)
    ? null
    : { code: 'GRANT_BEYOND_OWN', params: {} };
  const refusals: Record<(typeof PROPOSED_GRANT_STEPS)[number], Refusal | null> = {
    confirm: beyond ?? refusalOf(() => demandSecond({ accountId: row.accountId, proposedBy: row.givenBy }, caller.id)),
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

/** A proposed reset of an account's password as it is shown, with what the reader can do about it; null without one. */
export function toReset(
  gateway: Gateway,
  { caller, language }: Reader,
  {
    id,
    grants,
    resetProposedAt,
    resetProposedBy,
    resetProposedByName,
  }: Account & { readonly grants: readonly GrantRow[] },
) {
  if (!resetProposedAt) return null;
  const reach = () => demandInReach({ id, grants: grants.map(grantOf) }, caller, gateway.countyCode);
  const refusals: Record<(typeof PROPOSED_RESET_STEPS)[number], Refusal | null> = {
    confirm: refusalOf(reach) ?? refusalOf(() => demandSecondToReset(resetProposedBy ?? '', caller.id)),
    withdraw: refusalOf(reach),
  };
  return {
    proposedBy: resetProposedByName ?? '',
    proposedAt: resetProposedAt.toISOString(),
    steps: PROPOSED_RESET_STEPS.map((step) => WORDS.toStep(step, refusals[step], language)),
  };
}

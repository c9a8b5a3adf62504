import type { Operation } from '@bangfu/contracts/core/operation';
import type { PairingPlan } from '@bangfu/contracts/pairing/plans';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { reversePlan } from '@bangfu/domain/pairing/plan-steps';
import { demand } from '@bangfu/domain/shared/errors';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Pairing } from '../../db/client.ts';
import { findChains, holdRegister, lockChains, lockHelpers } from '../pairings/pairing.repository.ts';
import { storeReversals } from '../pairings/reversal.repository.ts';
import { holdingOn, policiesOf } from '../policy/policy.repository.ts';
import { getPlan, shownPlan } from './plan.repository.ts';
import { comingOf, helpersOfChains, reverseChains } from './plan-reversal.ts';

/**
 * Takes back an applied plan before its day, or moves it to another one, in one transaction: what it decided of each
 * household is kept. A household whose change was already reversed by hand stays as it is.
 * @throws DomainError PLAN_NOT_APPLIED, PLAN_BEGUN, PLAN_APPLIER_REVERSES, HANDOVER_REASON_MISSING, those of the rules;
 * Refusal 404, 409
 */
export function reverse(
  service: Pairing,
  actor: Actor,
  operation: Pick<Operation, 'id' | 'status' | 'audit'>,
  planId: string,
  body: { readonly version: number; readonly reason: string; readonly to?: string; readonly sureOfDays?: boolean },
): Promise<PairingPlan> {
  const { caller, now } = actor;
  const input = { planId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const today = businessDayOf(now);
    const to = body.to as BusinessDay | undefined;
    const before = await getPlan(sql, planId, caller, true);
    if (before.version !== body.version) throw conflict(shownPlan(before, caller));
    reversePlan(before, { accountId: caller.id, today });
    const reason = body.reason.trim();
    demand(reason !== '', 'HANDOVER_REASON_MISSING');
    demand(to !== before.appliedFrom, 'CHANGE_SAME_DAY', { day: to ?? '' });
    await holdRegister(sql);
    const households = await comingOf(sql, planId, today);
    const ids = households.map(({ id }) => id);
    const helpers = await lockHelpers(sql, helpersOfChains(await findChains(sql, ids), today));
    const chains = await lockChains(sql, ids);
    const policies = await policiesOf(sql, caller.countyCode);
    if (to !== undefined) {
      const { aheadDays } = holdingOn(policies, today).content;
      demandChangeDay(to, { today, aheadDays, isSure: body.sureOfDays ?? false });
    }
    const given = { today, accountId: caller.id, ...(to === undefined ? {} : { to }) };
    const changes = reverseChains({ households, chains, helpers, policies }, given);
    const events = await storeReversals(sql, changes, { helpers, caller, now, newId: service.newId, planId, reason });
    await tx.pairingPlan.update({
      where: { id: planId },
      data: {
        ...(to === undefined
          ? { state: 'withdrawn', withdrawnAt: now, withdrawerName: caller.name, withdrawReason: reason }
          : { appliedFrom: new Date(to), applierId: caller.id, applierName: caller.name }),
        version: { increment: 1 },
      },
    });
    const after = await getPlan(sql, planId, caller);
    const shown = ({ state, appliedFrom }: typeof after) => ({ state, from: appliedFrom });
    return {
      answer: shownPlan(after, caller),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'plan',
          recordId: planId,
          change: { before: shown(before), after: { ...shown(after), households: changes.length, reason } },
        },
      ],
      events,
    };
  });
}

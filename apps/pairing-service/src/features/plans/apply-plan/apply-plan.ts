import type { BodyOf } from '@bangfu/contracts/core/operation';
import { applyPlan as operation, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { demandChangeDay } from '@bangfu/domain/pairing/pairing-days';
import { applyPlan as mayApply } from '@bangfu/domain/pairing/plan-steps';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Pairing } from '../../../db/client.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { pairedFact } from '../../pairings/facts.ts';
import { holdRegister, lockChains, lockHelpers, storeChains } from '../../pairings/pairing.repository.ts';
import { getPlan, shownPlan } from '../plan.repository.ts';
import { chainChanges, changesOf, helpersOf } from './plan-changes.ts';

/**
 * Puts an approved plan into force: every first pairing and handover of it in one transaction, through the same rules
 * as by hand. Refused whole when the register or a pairing changed since it was computed.
 * @throws DomainError PLAN_NOT_APPROVED, PLAN_APPROVER_APPLIES, PLAN_STALE, CADRE_NOT_ACTIVE, those of the rules;
 * Refusal 404, 409
 */
export function applyPlan(
  service: Pairing,
  actor: Actor,
  planId: string,
  body: BodyOf<typeof operation>,
): Promise<PairingPlan> {
  const { caller, now } = actor;
  const input = { planId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getPlan(sql, planId, caller, true);
    if (before.version !== body.version) throw conflict(shownPlan(before, caller));
    mayApply(before, caller.id);
    await holdRegister(sql);
    const today = businessDayOf(now);
    const on = body.from as BusinessDay;
    const changes = await changesOf(sql, planId, today);
    const helpers = await lockHelpers(sql, helpersOf(changes));
    const policies = await policiesOf(sql, caller.countyCode);
    const { aheadDays } = holdingOn(policies, today).content;
    demandChangeDay(on, { today, aheadDays, isSure: body.sureOfDays });
    const chains = await lockChains(
      sql,
      changes.map(({ id }) => id),
    );
    const changed = chainChanges(changes, { helpers, chains, policies }, { on, today });
    await storeChains(sql, changed, { helpers, caller, now, newId: service.newId, planId });
    await tx.pairingPlan.update({
      where: { id: planId },
      data: {
        state: 'applied',
        appliedAt: now,
        appliedFrom: new Date(on),
        applierId: caller.id,
        applierName: caller.name,
        version: { increment: 1 },
      },
    });
    return {
      answer: shownPlan(await getPlan(sql, planId, caller), caller),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'plan',
          recordId: planId,
          change: {
            before: { state: before.state },
            after: { state: 'applied', households: changes.length, from: body.from },
          },
        },
      ],
      events: changes.flatMap((change) => {
        const helper = helpers.get(change.proposed);
        return helper
          ? [pairedFact(change, helper, body.from, (change.today && helpers.get(change.today)) || null)]
          : [];
      }),
    };
  });
}

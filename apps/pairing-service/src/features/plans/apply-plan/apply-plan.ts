import type { BodyOf } from '@bangfu/contracts/core/operation';
import { applyPlan as operation, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { applyPlan as mayApply } from '@bangfu/domain/pairing/plan-steps';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { conflict } from '@bangfu/service-kit/http/refusal';
import type { Pairing } from '../../../db/client.ts';
import { policyOn } from '../../policy/policy.repository.ts';
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
    const changes = await changesOf(sql, planId);
    const helpers = await lockHelpers(sql, helpersOf(changes));
    const { content } = await policyOn(sql, caller.countyCode, businessDayOf(now));
    const chains = await lockChains(
      sql,
      changes.map(({ id }) => id),
    );
    const changed = chainChanges(changes, { helpers, chains, content }, body.from as BusinessDay);
    await storeChains(sql, changed, { helpers, caller, now, newId: service.newId, planId });
    await tx.pairingPlan.update({
      where: { id: planId },
      data: { state: 'applied', appliedAt: now, applierName: caller.name, version: { increment: 1 } },
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

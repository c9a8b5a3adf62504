import type { Operation } from '@bangfu/contracts/core/operation';
import type { PairingPlan } from '@bangfu/contracts/pairing/plans';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Pairing, Tx } from '../../db/client.ts';
import { getPlan, type PlanRecord, shownPlan } from './plan.repository.ts';

/** Moves a plan to another state by a rule that may refuse. @throws Refusal 404, 409 and what the rule throws */
export function decide(
  service: Pairing,
  actor: Actor,
  operation: Pick<Operation, 'id' | 'status' | 'audit'>,
  planId: string,
  version: number,
  rule: (plan: PlanRecord) => Parameters<Tx['pairingPlan']['update']>[0]['data'],
): Promise<PairingPlan> {
  const { caller } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, { planId, version }, async (tx, sql) => {
    const before = await getPlan(sql, planId, caller, true);
    if (before.version !== version) throw conflict(shownPlan(before, caller));
    const data = rule(before);
    await tx.pairingPlan.update({ where: { id: planId }, data: { ...data, version: { increment: 1 } } });
    const after = await getPlan(sql, planId, caller);
    return {
      answer: shownPlan(after, caller),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'plan',
          recordId: planId,
          change: { before: { state: before.state }, after: { state: after.state } },
        },
      ],
    };
  });
}

import type { Operation } from '@bangfu/contracts/core/operation';
import type { PairingPolicyVersion } from '@bangfu/contracts/pairing/policy';
import type { PolicyActor } from '@bangfu/domain/pairing/policy-steps';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Pairing, Tx } from '../../db/client.ts';
import { getVersion, type PolicyRecord, shownVersion } from './version.repository.ts';

/** What a step writes to a version. */
export type VersionData = Parameters<Tx['pairingPolicy']['update']>[0]['data'];

/** Moves a version of the policy on by a rule that may refuse. @throws Refusal 404, 409 and what the rule throws */
export function decide(
  service: Pairing,
  actor: Actor,
  operation: Pick<Operation, 'id' | 'status' | 'audit'>,
  { policyId, version, ...input }: { readonly policyId: string; readonly version: number },
  rule: (policy: PolicyRecord, by: PolicyActor, tx: Tx, sql: Sql) => Promise<VersionData>,
): Promise<PairingPolicyVersion> {
  const { caller, now } = actor;
  const all = { policyId, version, ...input };
  return runCommand(service.transaction, service.newId, operation, actor, all, async (tx, sql) => {
    const before = await getVersion(sql, policyId, caller, true);
    if (before.version !== version) throw conflict(shownVersion(before));
    const data = await rule(before, { accountId: caller.id, today: businessDayOf(now) }, tx, sql);
    await tx.pairingPolicy.update({ where: { id: policyId }, data: { ...data, version: { increment: 1 } } });
    const after = await getVersion(sql, policyId, caller);
    return {
      answer: shownVersion(after),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'policy',
          recordId: policyId,
          change: { before: shownVersion(before), after: shownVersion(after) },
        },
      ],
    };
  });
}

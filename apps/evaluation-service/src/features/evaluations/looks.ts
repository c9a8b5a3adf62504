import { pgSql } from '@bangfu/events/sql';
import { writeAudit } from '@bangfu/service-kit/audit/entry';
import { holds } from '@bangfu/service-kit/auth/caller';
import type { Actor } from '@bangfu/service-kit/db/command';
import { inTransaction } from '@bangfu/service-kit/db/pool';
import type { Evaluation } from '../../db/client.ts';

/**
 * Writes down who looked at an evaluation's records, before the answer leaves. Names and places are audited for
 * everyone; an evaluator's every look is (features, E7).
 */
export async function noteLook(
  service: Evaluation,
  actor: Actor,
  look: { action: string; evaluationId: string; sensitive: boolean; detail?: unknown },
): Promise<void> {
  if (!look.sensitive && !holds(actor.caller, 'evaluator')) return;
  const entry = {
    id: service.newId(actor.now),
    action: look.action,
    recordType: 'evaluation',
    recordId: look.evaluationId,
    change: look.detail ?? null,
  };
  await inTransaction(service.pool, (client) => writeAudit(pgSql(client), actor.caller, [entry], actor.now));
}

/** Whether a caller sees the names of the frame; evaluators and auditors see them masked. */
export const seesNames = (actor: Actor): boolean => holds(actor.caller, 'county-office', 'county-leader');

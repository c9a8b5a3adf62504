import { pgSql } from '@bangfu/data/sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { isSampleOpen } from '@bangfu/domain/evaluation/procedure';
import { DomainError } from '@bangfu/domain/shared/errors';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type Caller, holds, regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Actor } from '@bangfu/platform/db/command';
import { inTransaction } from '@bangfu/data/pool';
import type { ServiceKit } from '@bangfu/platform/service';

/**
 * Writes down who looked at an evaluation's records, before the answer leaves. Names and places are audited for
 * everyone; an evaluator's every look is (features, E7).
 */
export async function noteLook(
  { kit, caller, now }: Pick<Actor, 'caller' | 'now'> & { readonly kit: Pick<ServiceKit, 'newId' | 'pool'> },
  look: { action: string; evaluationId: string; sensitive: boolean; detail?: unknown },
): Promise<void> {
  if (!look.sensitive && !holds(caller, 'evaluator')) return;
  const entry = {
    id: kit.newId(now),
    action: look.action,
    recordType: 'evaluation',
    recordId: look.evaluationId,
    change: look.detail ?? null,
  };
  await inTransaction(kit.pool, (client) => writeAudit(pgSql(client), caller, [entry], now));
}

/** Whether a caller sees the names of the frame; evaluators and auditors see them masked. */
export const seesNames = ({ caller }: Pick<Actor, 'caller'>): boolean =>
  holds(caller, 'county-office', 'county-leader');

/** The places in which a caller is an evaluation's own evaluator; empty for everybody else. */
export function evaluatorPrefixes(caller: Caller, evaluationId: string): string[] {
  return caller.usable.flatMap(({ role, scope }) =>
    role === 'evaluator' && scope.kind === 'evaluation' && scope.id === evaluationId
      ? scope.regions.map((code) => scopePrefix(code as RegionCode))
      : [],
  );
}

/** Whether an evaluation's sample is open to all who may read the evaluation. */
export const isOpenToAll = ({ returns, fieldTo }: Shown, now: Date): boolean =>
  isSampleOpen({ outstanding: returns.outstanding, fieldTo }, now);

/**
 * The places in which a caller sees who is in the sample: his evaluation's evaluator always, others when the returns are
 * in (domain §10).
 * @throws DomainError SAMPLE_CLOSED
 */
export function samplePrefixes({ caller, now }: Pick<Actor, 'caller' | 'now'>, evaluation: Shown): string[] {
  if (isOpenToAll(evaluation, now)) return regionPrefixes(caller);
  const own = evaluatorPrefixes(caller, evaluation.id);
  if (own.length === 0) throw new DomainError('SAMPLE_CLOSED');
  return own;
}

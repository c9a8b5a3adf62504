import type { Operation } from '@bangfu/contracts/core/operation';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { isSampleOpen } from '@bangfu/domain/evaluation/procedure';
import { DomainError } from '@bangfu/domain/shared/errors';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { noteLook as note } from '@bangfu/platform/audit/note-look';
import { type Caller, holds, regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Actor } from '@bangfu/platform/db/command';

type Looking = Parameters<typeof note>[0];
type Looked = Pick<Operation, 'id' | 'audit'>;

/** Writes down, before the answer leaves, who looked at names and places of an evaluation. */
export const noteLook = (call: Looking, operation: Looked, evaluationId: string, detail: unknown = null) =>
  note(call, operation, { recordType: 'evaluation', recordId: evaluationId, change: detail });

/** The same of what shows no names and places: only an evaluator's look at it is written down (features, E7). */
export async function noteEvaluator(
  call: Looking,
  operation: Looked,
  evaluationId: string,
  detail: unknown = null,
): Promise<void> {
  if (holds(call.caller, 'evaluator')) await noteLook(call, operation, evaluationId, detail);
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

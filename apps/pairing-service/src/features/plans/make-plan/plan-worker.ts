import { parentPort, workerData } from 'node:worker_threads';
import { type PairingPlan, planPairing } from '@bangfu/domain/pairing/plan';
import type { PlanInput } from '@bangfu/domain/pairing/plan-costs';
import { DomainError } from '@bangfu/domain/shared/errors';

/** The plan, or the rule that refused its input; an error's class does not survive the way out of a thread. */
export type PlanAnswer =
  | { readonly plan: PairingPlan }
  | { readonly refused: { readonly code: string; readonly params: DomainError['params'] } };

function compute(): PlanAnswer {
  try {
    return { plan: planPairing(workerData as PlanInput) };
  } catch (error) {
    if (error instanceof DomainError) return { refused: { code: error.code, params: error.params } };
    throw error;
  }
}

parentPort?.postMessage(compute());

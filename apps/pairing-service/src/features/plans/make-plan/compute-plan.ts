import { Worker } from 'node:worker_threads';
import type { PairingPlan } from '@bangfu/domain/pairing/plan';
import type { PlanInput } from '@bangfu/domain/pairing/plan-costs';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { PlanAnswer } from './plan-worker.ts';

const THREAD = new URL(import.meta.url.endsWith('.ts') ? './plan-worker.ts' : './plan-worker.js', import.meta.url);
const LOOK_EVERY_MS = 250;

/**
 * Computes the optimal plan in a thread of its own: a county takes about half a second, in which the service would
 * answer nobody. `look` is called some times a second and ends the computation by throwing.
 * @throws DomainError of `planPairing`
 */
export async function computePlan(input: PlanInput, look: () => Promise<void>): Promise<PairingPlan> {
  const thread = new Worker(THREAD, { workerData: input });
  try {
    const answer = await watched(answerOf(thread), look);
    if ('refused' in answer) throw new DomainError(answer.refused.code, answer.refused.params);
    return answer.plan;
  } finally {
    await thread.terminate();
  }
}

function answerOf(thread: Worker): Promise<PlanAnswer> {
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the plan's thread ended with ${code}`)));
  });
}

async function watched<T>(work: Promise<T>, look: () => Promise<void>): Promise<T> {
  const ended = work.then(
    () => true,
    () => true,
  );
  for (;;) {
    const pause = Promise.withResolvers<false>();
    const timer = setTimeout(() => pause.resolve(false), LOOK_EVERY_MS);
    const done = await Promise.race([ended, pause.promise]);
    clearTimeout(timer);
    if (done) return work;
    await look();
  }
}

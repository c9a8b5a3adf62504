import type { BodyOf } from '@bangfu/contracts/core/operation';
import { movePlan as operation, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { reverse } from '../reverse.ts';

/** Moves an applied plan to another day before its own, by another person than applied it. @throws as `reverse` */
export function movePlan(
  service: Pairing,
  actor: Actor,
  planId: string,
  body: BodyOf<typeof operation>,
): Promise<PairingPlan> {
  return reverse(service, actor, operation, planId, body);
}

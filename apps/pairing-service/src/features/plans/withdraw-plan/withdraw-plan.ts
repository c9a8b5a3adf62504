import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type PairingPlan, withdrawPlan as operation } from '@bangfu/contracts/pairing/plans';
import type { Actor } from '@bangfu/platform/db/command';
import type { Pairing } from '../../../db/client.ts';
import { reverse } from '../reverse.ts';

/** Takes back an applied plan before its day, by another person than applied it. @throws as `reverse` */
export function withdrawPlan(
  service: Pairing,
  actor: Actor,
  planId: string,
  body: BodyOf<typeof operation>,
): Promise<PairingPlan> {
  return reverse(service, actor, operation, planId, body);
}

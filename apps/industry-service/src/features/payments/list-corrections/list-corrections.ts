import { industryPolicy } from '../../../db/policy.ts';
import * as contract from '@bangfu/contracts/industry/payments';
import { CORRECTION_DECISIONS, decisionRefusal } from '@bangfu/domain/industry/line-steps';
import { holds } from '@bangfu/platform/auth/caller';
import { callingAs } from '@bangfu/platform/steps';
import { query } from '../../../operations.ts';
import { callerRefusal, toStep } from '../../../steps.ts';
import { getDeclaration } from '../../declarations/declaration.repository.ts';
import { correctionCase, corrections } from '../correction.repository.ts';

const COMMAND = { op: contract.decideCorrection, reach: 'acts' } as const;

/** The corrections of a declaration, each with how the caller can decide it now. @throws Refusal 404 */
export const listCorrections = query(contract.listCorrections, async (call) => {
  const { read, caller, language } = call;
  const declaration = await getDeclaration(read, caller, call.params.declarationId);
  const closed = await callerRefusal(read, call, COMMAND, declaration.entityId);
  const decider = { id: caller.id, isLeader: holds(callingAs(call, COMMAND.op), 'county-leader') };
  const policy = await industryPolicy(read, caller, call.now);
  const found = await corrections(read).where('c.declaration_id', '=', declaration.id).execute();
  const rows = found.map((correction) => {
    const standing = correctionCase(correction, declaration);
    const steps = CORRECTION_DECISIONS.map((step) =>
      toStep(step, closed ?? decisionRefusal(standing, decider, step, policy), language),
    );
    return { ...correction, steps };
  });
  return { rows };
});

import * as contract from '@bangfu/contracts/pairing/policy';
import { changePolicy, demandPolicyDay } from '@bangfu/domain/pairing/policy-steps';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { decide } from '../decide.ts';
import { demandContent, ranksInUse } from '../version.repository.ts';

/** Changes a draft. @throws DomainError POLICY_NOT_DRAFT and as `draftPairingPolicy`; Refusal 404, 409 */
export const changePairingPolicy = command(contract.changePairingPolicy, (call) =>
  decide(call, async (policy, { today }) => {
    const { body, caller, tx } = call;
    changePolicy(policy);
    demandPolicyDay(body.validFrom as BusinessDay, today, body.sureOfDays);
    demandContent(body.content, await ranksInUse(tx.sql, caller.countyCode));
    return {
      valid_from: body.validFrom,
      document: body.document,
      content: JSON.stringify(body.content),
      account_id: caller.id,
      account_name: caller.name,
      writer_ids: [...new Set([...policy.writerIds, caller.id])],
    };
  }),
);

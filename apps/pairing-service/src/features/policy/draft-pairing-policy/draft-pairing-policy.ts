import * as contract from '@bangfu/contracts/pairing/policy';
import { demandPolicyDay } from '@bangfu/domain/pairing/policy-steps';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { demandContent, getVersion, ranksInUse, shownVersion } from '../version.repository.ts';

/**
 * Drafts a version of the county's policy; it holds only when another person puts it in force.
 * @throws DomainError RANK_TWICE, POLICY_NO_QUOTA, RANK_IN_USE, DAY_TOO_EARLY, DAY_TOO_LATE, DAY_UNUSUAL
 */
export const draftPairingPolicy = command(
  contract.draftPairingPolicy,
  async ({ body, tx, caller, now, newId, audit }) => {
    demandPolicyDay(body.validFrom as BusinessDay, businessDayOf(now), body.sureOfDays);
    demandContent(body.content, await ranksInUse(tx.sql, caller.countyCode));
    const id = newId();
    await tx.sql
      .insertInto('pairing_policy')
      .values({
        id,
        county_code: caller.countyCode,
        valid_from: body.validFrom,
        document: body.document,
        content: JSON.stringify(body.content),
        state: 'draft',
        account_id: caller.id,
        account_name: caller.name,
        writer_ids: [caller.id],
      })
      .execute();
    const answer = shownVersion(await getVersion(tx.sql, id, caller));
    audit.change('policy', id, null, answer);
    return answer;
  },
);

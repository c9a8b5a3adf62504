import * as contract from '@bangfu/contracts/industry/declarations';
import { checkDeclaration as check } from '@bangfu/domain/industry/declaration';
import { command } from '../../../operations.ts';
import { awaitNotices, findVillages } from '../../notices/notice.repository.ts';
import { partyOf } from '../declaration.repository.ts';
import { takeStep } from '../step.ts';

/**
 * The township of the entity's seat passes a declaration or returns it with a reason.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_SAME_PERSON, DECLARATION_REASON_MISSING
 */
export const checkDeclaration = command(contract.checkDeclaration, (call) => {
  const { tx, caller, now } = call;
  const { version, passed, reason } = call.body;
  return takeStep(call, { version, reach: 'acts' }, async (before, row) => {
    const villages = passed ? await findVillages(tx.sql, row.id) : [];
    const after = check(before, partyOf(caller, row), passed ? { passed, villages } : { passed, reason });
    if (passed) await awaitNotices(tx, row.id);
    return {
      after,
      facts: { checkedBy: caller.name, checkedAt: now.toISOString() },
      change: { passed, reason },
    };
  });
});

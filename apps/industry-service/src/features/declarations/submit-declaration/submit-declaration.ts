import * as contract from '@bangfu/contracts/industry/declarations';
import { submitDeclaration as submit } from '@bangfu/domain/industry/declaration';
import { command } from '../../../operations.ts';
import { draftLinesOf, partyOf } from '../declaration.repository.ts';
import { takeStep } from '../step.ts';

/**
 * The entity submits its declaration to the township.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_COMPUTING, DECLARATION_NOT_OWN,
 * DECLARATION_TOO_EARLY, DECLARATION_EMPTY, DECLARATION_OUTDATED, DIVIDEND_ZERO
 */
export const submitDeclaration = command(contract.submitDeclaration, (call) => {
  const { caller, now } = call;
  return takeStep(call, { version: call.body.version, reach: 'acts' }, (before, row) => ({
    after: submit(before, partyOf(caller, row), draftLinesOf(row), now),
    facts: { submittedBy: caller.name, submittedAt: now.toISOString() },
    change: { lines: row.lines, totalFen: row.totalFen },
  }));
});

import * as contract from '@bangfu/contracts/industry/declarations';
import { discardDeclaration as discard } from '@bangfu/domain/industry/declaration';
import { command } from '../../../operations.ts';
import { draftLinesOf, partyOf } from '../declaration.repository.ts';
import { takeStep } from '../step.ts';

/**
 * The entity gives up its draft. Its lines go, its head stays for the audit log, and its year can be declared again.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_NOT_OWN, DECLARATION_COMPUTING
 */
export const discardDeclaration = command(contract.discardDeclaration, (call) => {
  const { tx, caller } = call;
  return takeStep(call, { version: call.body.version, reach: 'acts' }, async (before, row) => {
    const after = discard(before, partyOf(caller, row), draftLinesOf(row));
    await tx.sql.deleteFrom('dividend_line').where('declaration_id', '=', row.id).execute();
    await tx.sql.updateTable('declaration').set({ live: null }).where('id', '=', row.id).execute();
    const { year, days, distributableFen, lines, totalFen } = row;
    return { after, change: { discarded: { year, days, distributableFen, lines, totalFen } } };
  });
});

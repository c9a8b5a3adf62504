import * as contract from '@bangfu/contracts/industry/declarations';
import { redraftDeclaration as redraft } from '@bangfu/domain/industry/declaration';
import { command } from '../../../operations.ts';
import { orderLines } from '../compute-lines/dividend-run.ts';
import {
  demandVersion,
  draftLinesOf,
  getDeclaration,
  holdDeclaration,
  partyOf,
  shownTo,
  toDomain,
} from '../declaration.repository.ts';

/**
 * Changes a draft's figures and computes its lines again.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_COMPUTING, DIVIDEND_…
 */
export const redraftDeclaration = command(contract.redraftDeclaration, async (call) => {
  const { tx, caller, now, language, audit } = call;
  const { declarationId } = call.params;
  const { version, distributableFen } = call.body;
  const row = await holdDeclaration(tx, caller, declarationId, 'acts');
  await demandVersion(tx.sql, row, version, call);
  redraft(toDomain(row), partyOf(caller, row), draftLinesOf(row));
  const { members } = await tx.sql
    .selectFrom('contract')
    .where('id', '=', row.contractId)
    .select('households as members')
    .executeTakeFirstOrThrow();
  await tx.sql
    .updateTable('declaration')
    .set({ distributable_fen: distributableFen })
    .where('id', '=', declarationId)
    .execute();
  await orderLines(call, { declarationId, title: `计算分红 ${row.entityName} ${row.year} 年度`, members });
  const before = { distributableFen: row.distributableFen, totalFen: row.totalFen };
  audit.change('declaration', declarationId, before, { distributableFen });
  return shownTo(tx.sql, { caller, now, language }, await getDeclaration(tx.sql, caller, declarationId));
});

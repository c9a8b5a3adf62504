import * as contract from '@bangfu/contracts/industry/statements';
import { instantOf } from '@bangfu/data/instant';
import { query } from '../../../operations.ts';
import { findIncome, getSubject, toStatement } from '../income.repository.ts';

/** A household's statement across entities and years with what was issued of it. @throws Refusal 404 */
export const getIncomeStatement = query(contract.getIncomeStatement, async ({ read, caller, params, now }) => {
  const subject = await getSubject(read, caller, params.householdNumber);
  const issued = await read
    .selectFrom('issued_paper as p')
    .where('p.kind', '=', 'income-statement')
    .where('p.subject_id', '=', subject.householdId)
    .orderBy('p.issued_at', 'desc')
    .orderBy('p.number')
    .limit(50)
    .select(['p.number', 'p.total_fen as totalFen'])
    .select((eb) => instantOf(eb.ref('p.issued_at')).as('issuedAt'))
    .execute();
  return { ...toStatement(subject, await findIncome(read, subject.householdId, now)), issued };
});

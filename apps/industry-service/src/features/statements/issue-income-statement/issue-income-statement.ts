import * as contract from '@bangfu/contracts/industry/statements';
import { demand } from '@bangfu/domain/shared/errors';
import { command } from '../../../operations.ts';
import { issuePaper, paperNumber } from '../../../papers/paper.ts';
import { statementHash, statementSubject } from '../../../papers/seal.ts';
import { findIncome, getSubject, toStatement } from '../income.repository.ts';

/**
 * Issues a household's statement as it is now under a number that anyone can verify.
 * @throws Refusal 404; DomainError STATEMENT_EMPTY
 */
export const issueIncomeStatement = command(
  contract.issueIncomeStatement,
  async ({ params, tx, caller, now, newId, audit }) => {
    const subject = await getSubject(tx.sql, caller, params.householdNumber);
    const lines = await findIncome(tx.sql, subject.householdId, now);
    demand(lines.length > 0, 'STATEMENT_EMPTY');
    const number = paperNumber('income-statement', newId());
    const statement = { ...toStatement(subject, lines), format: 2 } as const;
    const { villageCode } = subject;
    const issued = { number, villageCode, issuedBy: caller.name, issuedAt: now };
    const contentHash = statementHash(issued, statement);
    const paper = {
      kind: 'income-statement',
      subjectId: subject.householdId,
      villageCode,
      countyCode: subject.countyCode,
      subject: statementSubject(statement),
      content: statement,
      contentHash,
      lines: lines.length,
      totalFen: statement.totalFen,
    } as const;
    await issuePaper(tx, paper, number, caller, now);
    audit.change('household', subject.householdId, null, { number, contentHash, totalFen: statement.totalFen });
    return { number };
  },
);

import { issueIncomeStatement as operation } from '@bangfu/contracts/industry/statements';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { typedOver } from '../../../db/over-text.ts';
import { issuePaper, paperNumber } from '../../../papers/paper.ts';
import { statementHash, statementSubject } from '../../../papers/seal.ts';
import { findIncome, getSubject, toStatement } from '../income-statement/income-statement.query.ts';

/**
 * Issues a household's statement as it stands now under a number that anyone can verify.
 * @throws Refusal 404; DomainError STATEMENT_EMPTY
 */
export function issueIncomeStatement(
  service: Industry,
  actor: Actor,
  householdNumber: string,
): Promise<{ number: string }> {
  const number = paperNumber('income-statement', service.newId(actor.now));
  return runCommand(service.bulk, service.newId, operation, actor, { householdNumber }, async (_tx, sql) => {
    const subject = await getSubject(sql, actor.caller, householdNumber);
    const lines = await findIncome(sql, subject.householdId, actor.now);
    demand(lines.length > 0, 'STATEMENT_EMPTY');
    const statement = { ...toStatement(subject, lines), format: 2 } as const;
    const { villageCode } = subject;
    const issued = { number, villageCode, issuedBy: actor.caller.name, issuedAt: actor.now };
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
    await issuePaper({ sql: typedOver(sql) }, paper, number, actor.caller, actor.now);
    return {
      answer: { number },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'household',
          recordId: subject.householdId,
          change: { after: { number, contentHash, totalFen: statement.totalFen } },
        },
      ],
    };
  });
}

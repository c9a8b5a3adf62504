import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Declaration, redraftDeclaration as operation } from '@bangfu/contracts/industry/declarations';
import { redraftDeclaration as redraft } from '@bangfu/domain/industry/declaration';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/platform/steps';
import { orderLines } from '../compute-lines/dividend-run.ts';
import {
  demandVersion,
  draftLinesOf,
  getDeclaration,
  holdDeclaration,
  partyOf,
  shown,
  toDomain,
} from '../declaration.repository.ts';

/**
 * Changes a draft's figures and computes its lines again.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_COMPUTING, DIVIDEND_…
 */
export async function redraftDeclaration(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  body: BodyOf<typeof operation>,
): Promise<Declaration> {
  const jobId = service.newId(actor.now);
  const input = { declarationId, ...body };
  const answer = await runCommand(service.bulk, service.newId, operation, actor, input, async (_tx, sql) => {
    const row = await holdDeclaration(sql, actor.caller, declarationId, 'acts');
    demandVersion(row, body.version, actor);
    redraft(toDomain(row), partyOf(actor.caller, row), draftLinesOf(row));
    const [contract] = await sql.query<{ members: number }>(
      `SELECT households AS members FROM contract WHERE id = $1::uuid`,
      [row.contractId],
    );
    await sql.query('UPDATE declaration SET distributable_fen = $2::bigint WHERE id = $1::uuid', [
      declarationId,
      body.distributableFen,
    ]);
    await orderLines(service, sql, {
      declarationId,
      title: `计算分红 ${row.entityName} ${row.year} 年度`,
      members: contract?.members ?? 0,
      caller: actor.caller,
      now: actor.now,
      jobId,
    });
    return {
      answer: shown(await getDeclaration(sql, actor.caller, declarationId), actor.now, actor.language),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'declaration',
          recordId: declarationId,
          change: {
            before: { distributableFen: row.distributableFen, totalFen: row.totalFen },
            after: { distributableFen: body.distributableFen },
          },
        },
      ],
    };
  });
  service.nudgeJobs();
  return answer;
}

import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Declaration, redraftDeclaration as operation } from '@bangfu/contracts/industry/declarations';
import { redraftDeclaration as redraft } from '@bangfu/domain/industry/declaration';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { daysInForce } from '../compute-lines/compute-lines.ts';
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
 * Changes a draft's figures and computes its lines anew.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_COMPUTING, DECLARATION_DAYS, DIVIDEND_…
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
    const [contract] = await sql.query<{ from: string; to: string; members: number }>(
      `SELECT period_from::text AS "from", period_to::text AS "to", households AS members FROM contract WHERE id = $1::uuid`,
      [row.contractId],
    );
    const most = contract ? daysInForce(contract, row.year) : 0;
    const days = body.days ?? row.days;
    demand(days <= most, 'DECLARATION_DAYS', { most });
    await sql.query('UPDATE declaration SET days = $2::int, distributable_fen = $3::bigint WHERE id = $1::uuid', [
      declarationId,
      days,
      body.distributableFen,
    ]);
    await orderLines(sql, {
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
            before: { days: row.days, distributableFen: row.distributableFen, totalFen: row.totalFen },
            after: { days, distributableFen: body.distributableFen },
          },
        },
      ],
    };
  });
  service.nudgeJobs();
  return answer;
}

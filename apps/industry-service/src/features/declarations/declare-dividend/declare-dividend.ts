import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Declaration, declareDividend as operation } from '@bangfu/contracts/industry/declarations';
import { draftDeclaration, requireDeclarableYear } from '@bangfu/domain/industry/declaration';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { ACTS_FOR_ENTITY, scopeParams } from '../../../db/scope.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { daysInForce } from '../compute-lines/compute-lines.ts';
import { orderLines } from '../compute-lines/dividend-run.ts';
import { getDeclaration, shown } from '../declaration.repository.ts';

/**
 * The entity declares a year's dividend of one of its contracts; the lines are computed from the contract.
 * @throws Refusal 404; DomainError CONTRACT_NOT_IN_FORCE, DECLARATION_YEAR, DECLARATION_TOO_EARLY, DECLARATION_DAYS,
 * DECLARATION_KNOWN, DIVIDEND_…
 */
export async function declareDividend(
  service: Industry,
  actor: Actor & Reader,
  body: BodyOf<typeof operation>,
): Promise<Declaration> {
  const id = service.newId(actor.now);
  const jobId = service.newId(actor.now);
  const answer = await runCommand(service.bulk, service.newId, operation, actor, body, async (_tx, sql) => {
    const [contract] = await sql.query<{
      county: string;
      entityId: string;
      name: string;
      state: string;
      from: string;
      to: string;
      members: number;
    }>(
      `SELECT c.county_code AS county, c.entity_id::text AS "entityId", e.name, c.state, c.period_from::text AS "from",
         c.period_to::text AS "to", c.households AS members
       FROM contract c JOIN entity e ON e.id = c.entity_id WHERE c.id = $3::uuid AND ${ACTS_FOR_ENTITY} FOR SHARE OF c`,
      [...scopeParams(actor.caller), body.contractId],
    );
    if (!contract) throw notFound();
    const [known] = await sql.query(
      'SELECT 1 FROM declaration WHERE contract_id = $1::uuid AND year = $2::int AND live',
      [body.contractId, body.year],
    );
    requireDeclarableYear(
      { from: contract.from as BusinessDay, to: contract.to as BusinessDay, signed: contract.state === 'in-force' },
      body.year,
      known !== undefined,
      actor.now,
    );
    const most = daysInForce(contract, body.year);
    const { periodEnd } = draftDeclaration(contract.entityId, `${body.year}-12-31` as BusinessDay, actor.now);
    const days = body.days ?? most;
    demand(days <= most, 'DECLARATION_DAYS', { most });
    const inserted = await sql.query<{ id: string }>(
      `INSERT INTO declaration (id, county_code, entity_id, contract_id, year, days, distributable_fen, period_end, status)
       VALUES ($1::uuid, $2, $3::uuid, $4::uuid, $5::int, $6::int, $7::bigint, $8::text::date, 'drafted')
       ON CONFLICT (contract_id, year, live) DO NOTHING RETURNING id::text AS id`,
      [id, contract.county, contract.entityId, body.contractId, body.year, days, body.distributableFen, periodEnd],
    );
    demand(inserted.length === 1, 'DECLARATION_KNOWN', { year: body.year });
    await orderLines(sql, {
      declarationId: id,
      title: `计算分红 ${contract.name} ${body.year} 年度`,
      members: contract.members,
      caller: actor.caller,
      now: actor.now,
      jobId,
    });
    return {
      answer: shown(await getDeclaration(sql, actor.caller, id), actor.now, actor.language),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'declaration',
          recordId: id,
          change: { after: { ...body, days } },
        },
      ],
    };
  });
  service.nudgeJobs();
  return answer;
}

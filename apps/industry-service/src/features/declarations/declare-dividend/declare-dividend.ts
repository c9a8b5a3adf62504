import type { BodyOf } from '@bangfu/contracts/core/operation';
import { type Declaration, declareDividend as operation } from '@bangfu/contracts/industry/declarations';
import { draftDeclaration, requireDeclarable } from '@bangfu/domain/industry/declaration';
import { type ContractDays, countDays } from '@bangfu/domain/industry/dividend-period';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { CONTRACT_TO } from '../../../db/contract-days.ts';
import { ACTS_FOR_ENTITY, scopeParams } from '../../../db/scope.ts';
import type { Reader } from '@bangfu/platform/steps';
import { typedOver } from '../../../db/over-text.ts';
import { findMemberDays } from '../../contracts/contract.repository.ts';
import { findDeclaredYears } from '../../nil-years/nil-year.repository.ts';
import { orderLines } from '../compute-lines/dividend-run.ts';
import { getDeclaration, shown } from '../declaration.repository.ts';

/**
 * The entity declares a year's dividend of one of its contracts; the lines are computed from the contract.
 * @throws Refusal 404; DomainError ENTITY_CLOSED, CONTRACT_NOT_IN_FORCE, DECLARATION_YEAR, DECLARATION_TOO_EARLY, DECLARATION_KNOWN,
 * DECLARATION_NIL, DECLARATION_NOBODY, DIVIDEND_…, SUM_TOO_LARGE
 */
export async function declareDividend(
  service: Industry,
  actor: Actor & Reader,
  body: BodyOf<typeof operation>,
): Promise<Declaration> {
  const id = service.newId(actor.now);
  const jobId = service.newId(actor.now);
  const answer = await runCommand(service.bulk, service.newId, operation, actor, body, async (_tx, sql) => {
    const [contract] = await sql.query<
      ContractDays & {
        county: string;
        entityId: string;
        name: string;
        signed: boolean;
        entityClosed: boolean;
        members: number;
      }
    >(
      `SELECT c.county_code AS county, c.entity_id::text AS "entityId", e.name, c.state <> 'drafted' AS signed, e.state = 'closed' AS "entityClosed",
         c.period_from::text AS "from", ${CONTRACT_TO}::text AS "to", c.dividend_year AS "dividendYear",
         c.households AS members
       FROM contract c JOIN entity e ON e.id = c.entity_id WHERE c.id = $3::uuid AND ${ACTS_FOR_ENTITY} FOR SHARE OF c, e`,
      [...scopeParams(actor.caller), body.contractId],
    );
    if (!contract) throw notFound();
    const declared = await findDeclaredYears(typedOver(sql), body.contractId);
    const households = await findMemberDays(typedOver(sql), body.contractId);
    const period = requireDeclarable(contract, body, { ...declared, households }, actor.now);
    const { periodEnd } = draftDeclaration(contract.entityId, period.to, actor.now);
    const days = countDays(period);
    const inserted = await sql.query<{ id: string }>(
      `INSERT INTO declaration (id, county_code, entity_id, contract_id, year, days, distributable_fen, period_from,
         period_end, status)
       VALUES ($1::uuid, $2, $3::uuid, $4::uuid, $5::int, $6::int, $7::bigint, $8::text::date, $9::text::date, 'drafted')
       ON CONFLICT (contract_id, period_from, live) DO NOTHING RETURNING id::text AS id`,
      [
        id,
        contract.county,
        contract.entityId,
        body.contractId,
        body.year,
        days,
        body.distributableFen,
        period.from,
        periodEnd,
      ],
    );
    demand(inserted.length === 1, 'DECLARATION_KNOWN', { year: body.year });
    await orderLines(service, sql, {
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
          change: { after: { ...body, from: period.from, to: period.to, days } },
        },
      ],
    };
  });
  service.nudgeJobs();
  return answer;
}

import * as contract from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Actor } from '@bangfu/platform/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeOf, lockCases } from '../case.repository.ts';
import { changeCases, runOnCases } from '../change-cases.ts';
import { countImpediments, UNIMPEDED } from '../impediments.ts';

type Approval = 'approveTownship' | 'approveCounty';
type Body = BodyOf<typeof contract.approveTownship>;

/**
 * Approves a batch at the township: all of it or nothing.
 * @throws DomainError SEPARATION_OF_DUTIES, CASE_QUALITY_ERRORS, CASE_WARNINGS_UNEXPLAINED and others; Refusal 404, 409
 */
export const approveTownship = (service: Identification, actor: Actor, body: Body) =>
  approve(service, actor, 'approveTownship', body);

/** Approves a batch at the county: all of it or nothing. @throws as `approveTownship` */
export const approveCounty = (service: Identification, actor: Actor, body: Body) =>
  approve(service, actor, 'approveCounty', body);

function approve(service: Identification, actor: Actor, type: Approval, body: Body) {
  return runOnCases(service, contract[type], actor, body, async (_client, sql) => {
    const files = await lockCases(sql, actor.caller, body.cases);
    const impediments = await countImpediments(
      sql,
      files.map(({ id }) => id),
    );
    const changed = await changeCases(
      sql,
      actor,
      files,
      (file) => ({ type, impediments: impediments.get(file.id) ?? UNIMPEDED }),
      { opinion: body.opinion },
    );
    return { answer: { cases: changed.map(changeOf) }, changed };
  });
}

import { approveCounty, approveTownship } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeOf, lockCases } from '../case.repository.ts';
import { changeCases, runOnCases } from '../change-cases.ts';
import { countImpediments, UNIMPEDED } from '../impediments.ts';

const APPROVALS = {
  township: { op: approveTownship, type: 'approveTownship' },
  county: { op: approveCounty, type: 'approveCounty' },
} as const;

/**
 * Approves a batch at one level: all of it or nothing.
 * @throws DomainError SEPARATION_OF_DUTIES, CASE_QUALITY_ERRORS, CASE_WARNINGS_UNEXPLAINED and others; Refusal 404, 409
 */
export function approveCases(
  service: Identification,
  actor: Actor,
  level: keyof typeof APPROVALS,
  body: BodyOf<typeof approveTownship>,
) {
  const { op, type } = APPROVALS[level];
  return runOnCases(service, op, actor, body, async (_client, sql) => {
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

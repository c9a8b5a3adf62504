import { CASE_BEGINS_FROM, openCases as operation } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { handle } from '@bangfu/domain/identification/case/decide';
import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import type { CaseState } from '@bangfu/domain/identification/case/types';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { HouseholdId } from '@bangfu/domain/shared/id';
import { businessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Actor } from '@bangfu/platform/db/command';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { batchRefusal } from '../batch-refusal.ts';
import { appendHistory, type CaseFile, type ChangedCase, insertCases } from '../case.repository.ts';
import { casePolicy } from '../case-policy.ts';
import { runOnCases } from '../change-cases.ts';
import { signerFor } from '../signer.ts';
import { PLACE_NAME } from '../../place-name.ts';

type Body = BodyOf<typeof operation>;
type HouseholdRow = Omit<CaseFile, 'id' | 'noticeId' | 'version' | 'state'> & {
  readonly status: string;
  readonly open: boolean;
};

/**
 * Opens a case for each of the households: the step of mobilisation, on the day it was held.
 * @throws DomainError CASE_HOUSEHOLD_STATUS, CASE_OPEN_ALREADY naming the household; Refusal 404, CASES_NOT_ALL
 */
export function openCases(service: Identification, actor: Actor, body: Body) {
  return runOnCases(service, operation, actor, body, async (_client, sql) => {
    const households = await readHouseholds(sql, actor.caller, body.householdIds);
    const refused = households.flatMap(({ householdId: id, householdNumber, headName, status, open }) => {
      const isRight = status === CASE_BEGINS_FROM[body.kind];
      if (isRight && !open) return [];
      const error = new DomainError(isRight ? 'CASE_OPEN_ALREADY' : 'CASE_HOUSEHOLD_STATUS', {
        number: householdNumber,
      });
      return [{ id, householdNumber, headName, error }];
    });
    if (refused[0] && households.length === 1) throw refused[0].error;
    if (refused.length > 0) throw batchRefusal(refused, households.length);
    const opened = households.map((household) => begin(service, actor, household, body));
    const written = await insertCases(sql, opened, actor.now);
    if (written < opened.length) throw new DomainError('CASE_OPEN_ALREADY', { number: '' });
    await appendHistory(sql, opened, actor.caller.name);
    const cases = opened.map(({ file, state }) => ({
      id: file.id,
      status: state.status,
      step: state.pending[0] ?? null,
      version: 1,
    }));
    return { answer: { cases }, changed: opened };
  });
}

async function readHouseholds(sql: Sql, caller: Caller, householdIds: readonly string[]): Promise<HouseholdRow[]> {
  const ids = [...new Set(householdIds)];
  const rows = await sql.query<HouseholdRow>(
    `SELECT h.id AS "householdId", h.county_code AS "countyCode", h.number AS "householdNumber", h.head_name AS "headName",
       h.village_code AS "villageCode", ${PLACE_NAME} AS "villageName", t.name AS "townshipName", h.status,
       EXISTS (SELECT 1 FROM case_file c WHERE c.open_household_id = h.id) AS open
     FROM household h JOIN region v ON v.id = h.village_id JOIN region t ON t.code = v.parent_code
     WHERE h.id = ANY ($1::uuid[]) AND h.village_code LIKE ANY ($2::text[]) ORDER BY h.number FOR SHARE OF h`,
    [ids, likeAny(regionPrefixes(caller))],
  );
  if (rows.length < ids.length) throw notFound();
  return rows;
}

function begin(
  service: Identification,
  actor: Actor,
  household: HouseholdRow,
  { kind, on, sureOfDays }: Body,
): ChangedCase {
  const caseId = service.newId(actor.now);
  const { householdId, villageCode } = household;
  const by = signerFor(actor.caller, villageCode, PROCEDURES[kind][0]?.roles ?? []);
  const { state, events } = handle(
    null,
    {
      type: 'openCase',
      caseId,
      kind,
      householdId: householdId as HouseholdId,
      on: businessDay(on),
      isSureOfDays: sureOfDays,
      by,
    },
    actor.now,
    casePolicy(actor.now),
  );
  const before: CaseState = { ...state, history: [] };
  return {
    file: { ...household, id: caseId, noticeId: null, version: 0, state: before },
    state,
    events,
    details: {},
    noticeId: null,
  };
}

import type { CasePolicy } from '@bangfu/domain/identification/policy/policy';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/cases';
import { inRegions } from '@bangfu/data/scope';
import type { Transaction } from '@bangfu/data/typed-sql';
import { handle } from '@bangfu/domain/identification/case/decide';
import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import type { CaseState } from '@bangfu/domain/identification/case/types';
import { DomainError } from '@bangfu/domain/shared/errors';
import type { HouseholdId } from '@bangfu/domain/shared/id';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { command, type Tables } from '../../../operations.ts';
import { placeNameOf } from '../../place-name.ts';
import { batchRefusal } from '../batch-refusal.ts';
import { appendHistory, type ChangedCase, insertCases } from '../case.repository.ts';
import { casePolicies } from '../case-policy.ts';
import { speaking } from '../case-words.ts';
import type { CaseCall } from '../case-call.ts';
import { auditCases } from '../change-cases.ts';
import { signerFor } from '../signer.ts';

type Body = BodyOf<typeof contract.openCases>;

/**
 * Opens a case for each of the households: the step of mobilisation, on the day it was held.
 * @throws DomainError CASE_HOUSEHOLD_STATUS, CASE_OPEN_ALREADY naming the household; Refusal 404, CASES_NOT_ALL
 */
export const openCases = command(contract.openCases, (call) =>
  speaking(call.language, async () => {
    const { tx, caller, now, body } = call;
    const households = await readHouseholds(tx, caller, body.householdIds);
    const refused = households.flatMap(({ householdId: id, householdNumber, headName, status, openCaseId }) => {
      const isRight = status === contract.CASE_BEGINS_FROM[body.kind];
      if (isRight && openCaseId === null) return [];
      const error = new DomainError(isRight ? 'CASE_OPEN_ALREADY' : 'CASE_HOUSEHOLD_STATUS', {
        number: householdNumber,
      });
      return [{ id, householdNumber, headName, error }];
    });
    if (refused[0] && households.length === 1) throw refused[0].error;
    if (refused.length > 0) throw batchRefusal(refused, households.length);
    const policyOn = await casePolicies(tx.sql, caller.countyCode);
    const today = businessDayOf(now);
    const deciding = { policy: policyOn(today), policyId: policyOn.versionsOn(today).procedureDays };
    const opened = households.map((household) => begin(call, call.newId(), household, { ...body, ...deciding }));
    const written = await insertCases(tx, opened, now);
    if (written < opened.length) throw new DomainError('CASE_OPEN_ALREADY', { number: '' });
    await appendHistory(tx, opened, caller.name);
    auditCases(call, opened);
    return {
      cases: opened.map(({ file, state }) => ({
        id: file.id,
        status: state.status,
        step: state.pending[0] ?? null,
        version: 1,
      })),
    };
  }),
);

async function readHouseholds({ sql: read }: Transaction<Tables>, caller: Caller, householdIds: readonly string[]) {
  const ids = [...new Set(householdIds)];
  const rows = await read
    .selectFrom('household as h')
    .innerJoin('region as v', 'v.id', 'h.village_id')
    .innerJoin('region as t', 't.code', 'v.parent_code')
    .where('h.id', 'in', ids)
    .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
    .orderBy('h.number')
    .forShare('h')
    .select(['h.id as householdId', 'h.county_code as countyCode', 'h.number as householdNumber'])
    .select(['h.head_name as headName', 'h.village_code as villageCode', 't.name as townshipName', 'h.status'])
    .select((eb) => [
      placeNameOf(eb.ref('v.name')).as('villageName'),
      eb.selectFrom('case_file as c').whereRef('c.open_household_id', '=', 'h.id').select('c.id').as('openCaseId'),
    ])
    .execute();
  if (rows.length < ids.length) throw notFound();
  return rows;
}

function begin(
  { caller, now }: CaseCall,
  caseId: string,
  household: Awaited<ReturnType<typeof readHouseholds>>[number],
  { kind, on, sureOfDays, policy, policyId }: Body & { readonly policy: CasePolicy; readonly policyId: string },
): ChangedCase {
  const { householdId, villageCode } = household;
  const by = signerFor(caller, villageCode, PROCEDURES[kind][0]?.roles ?? []);
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
    now,
    policy,
  );
  const before: CaseState = { ...state, history: [] };
  return {
    file: { ...household, id: caseId, noticeId: null, version: 0, state: before },
    state,
    events,
    details: {},
    noticeId: null,
    policyId,
  };
}

import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/cases';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { correctionsFor, type Hand } from '@bangfu/domain/identification/case/offer';
import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import type { CaseState } from '@bangfu/domain/identification/case/types';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { readsMasked, regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { policyBasis } from '@bangfu/platform/policy/policy-basis';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { query, type Tables } from '../../../operations.ts';
import { findIncomeEvidence } from '../../income/find-income-evidence.ts';
import { noticeNumber } from '../../notices/notice-row.ts';
import { objectionRows, shownObjection } from '../../notices/objection-row.ts';
import { casePolicies } from '../case-policy.ts';
import { ruleTexts } from '../../quality/rule-text.ts';
import { findCaseNames } from '../case-names.ts';
import { placedCases, shownCase } from '../case-row.ts';
import { describeEvent } from '../case-words.ts';
import { hasEntered } from '../entered-by.ts';
import { impedimentsOf, readCaseProblems } from '../impediments.ts';
import { againstLine, saysWhyExceeding } from '../poverty-line.ts';
import { rolesIn } from '../signer.ts';
import { nextAct } from './next-act.ts';

type Answer = AnswerInputOf<typeof contract.getCase>;

/** One case: its steps and clock, what is missing and who may do it, objections, problems, evidence. @throws Refusal 404 */
export const getCase = query(contract.getCase, async ({ read, caller, now, language, params: { caseId }, kit }) => {
  const row = await placedCases(read)
    .leftJoin('notice as n', 'n.id', 'c.notice_id')
    .where('c.id', '=', caseId)
    .where((eb) => inRegions(eb.ref('c.village_code'), regionPrefixes(caller)))
    .select(['h.status', 'h.category', 'h.main_cause as mainCause', 'h.member_count as memberCount'])
    .select(['h.per_capita_income_fen as perCapitaIncomeFen', 'n.year', 'n.serial', 'n.level'])
    .select((eb) => [
      hasEntered(caller, eb.ref('c.household_id')).$castTo<boolean>().as('entered'),
      'c.county_code as countyCode',
      saysWhyExceeding(eb).as('exceedingExplained'),
    ])
    .executeTakeFirst();
  if (!row) throw notFound();
  const {
    status,
    category,
    mainCause,
    memberCount,
    perCapitaIncomeFen,
    year,
    serial,
    level,
    entered,
    countyCode,
    exceedingExplained,
    ...data
  } = row;
  const history = await readHistory(read, caseId);
  const state: CaseState = {
    ...row.state,
    enteredBy: entered ? [caller.id] : [],
    history: history.map(({ event }) => event),
  };
  const hand: Hand = { accountId: caller.id, roles: rolesIn(caller, row.villageCode) };
  const problems = await readCaseProblems(read, [caseId]);
  const policyOn = await casePolicies(read, countyCode);
  const textOf = await ruleTexts(read, countyCode, language);
  const answer: Answer = {
    ...shownCase(data, now, policyOn),
    asOf: now.toISOString(),
    household: { status, category, mainCause, memberCount, perCapitaIncomeFen },
    line: await againstLine(read, { kind: row.state.kind, countyCode }, perCapitaIncomeFen, now),
    exceedingExplained,
    steps: stepsOf(state, history),
    next: nextAct(state, { hand, impediments: impedimentsOf(problems), now, language, policyOn }),
    corrections: toCorrections(state, hand),
    qualityProblems: problems.map(({ ruleId, explanation, foundAt }) => ({
      ruleId,
      explanation,
      ...textOf(ruleId, businessDayOf(foundAt)),
    })),
    noticeNumber: year && serial && level ? noticeNumber({ year, serial, level }) : null,
    objections: await readObjections(read, kit.cipher, caseId),
    incomeEvidence: await findIncomeEvidence(read, row.householdId),
    history: history
      .map(({ position, event, details, accountName, basis }) => ({
        position,
        at: event.at,
        step: event.step,
        day: 'on' in event ? event.on : null,
        accountName,
        role: event.by.role,
        basis,
        photos: event.type === 'appraisalRecorded' ? [...event.appraisal.photos] : [],
        ...describeEvent(event, details, language),
      }))
      .reverse(),
  };
  return readsMasked(caller) ? maskPersons(answer, await findCaseNames(read, [caseId])) : answer;
});

const readHistory = (read: ReadSql<Tables>, caseId: string) =>
  read
    .selectFrom('case_event')
    .where('case_id', '=', caseId)
    .orderBy('position')
    .select(['position', 'event', 'details', 'account_name as accountName'])
    .select(({ ref }) => policyBasis(ref('policy_id')).as('basis'))
    .execute();
type HistoryRow = Awaited<ReturnType<typeof readHistory>>[number];

/** The steps of the procedure with the day each was done and by whom; a case that ended stands where it stopped. */
function stepsOf(state: CaseState, history: readonly HistoryRow[]): Answer['steps'] {
  const last = state.history.at(-1);
  const stopped = state.status === 'refused' || state.status === 'withdrawn' ? last?.step : undefined;
  return PROCEDURES[state.kind].map(({ id, official, level }) => {
    const day = state.doneOn[id] ?? null;
    const done = history.findLast(({ event }) => event.step === id && 'on' in event);
    const waiting = state.pending[0] === id ? ('current' as const) : ('waiting' as const);
    return {
      id,
      official,
      level,
      state: id === stopped ? 'stopped' : day ? 'done' : waiting,
      day,
      accountName: day ? (done?.accountName ?? null) : null,
    };
  });
}

function toCorrections(state: CaseState, hand: Hand): Answer['corrections'] {
  const { sendBackTo, ...may } = correctionsFor(state, hand);
  return { ...may, sendBackTo: [...sendBackTo] };
}

async function readObjections(read: ReadSql<Tables>, cipher: Cipher, caseId: string): Promise<Answer['objections']> {
  const rows = await objectionRows(read).where('o.case_id', '=', caseId).orderBy('o.id', 'desc').execute();
  return rows.map((row) => shownObjection(cipher, row));
}

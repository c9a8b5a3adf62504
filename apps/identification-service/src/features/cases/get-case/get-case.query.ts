import type { getCase as operation } from '@bangfu/contracts/identification/cases';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { correctionsFor, type Hand } from '@bangfu/domain/identification/case/offer';
import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import type { CaseEvent, CaseState } from '@bangfu/domain/identification/case/types';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { type Caller, readsMasked, regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Pool } from '@bangfu/data/pool';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import { pgSql } from '@bangfu/data/sql';
import type { Identification } from '../../../db/client.ts';
import { findIncomeEvidence } from '../../income/find-income-evidence.query.ts';
import { noticeNumber } from '../../notices/notice-row.ts';
import { OBJECTION_SELECT, type ObjectionData, shownObjection } from '../../notices/objection-row.ts';
import { ruleText } from '../../quality/get-quality/get-quality.query.ts';
import { findCaseNames } from '../case-names.query.ts';
import { describeEvent } from '../case-words.ts';
import { hasEntered } from '../entered-by.ts';
import { impedimentsOf, readCaseProblems } from '../impediments.ts';
import { CASE_COLUMNS, CASE_JOINS, type CaseData, shownCase } from '../list-cases/case-row.ts';
import { againstLine, EXCEEDING_EXPLAINED } from '../poverty-line.ts';
import { rolesIn } from '../signer.ts';
import { nextAct } from './next-act.ts';

type Answer = AnswerInputOf<typeof operation>;

type Household = Answer['household'];

interface DetailRow extends CaseData, Household {
  readonly year: number | null;
  readonly serial: number | null;
  readonly level: 'village' | 'township' | 'county';
  /** Whether the caller entered the household. */
  readonly entered: boolean;
  readonly countyCode: string;
  readonly exceedingExplained: boolean;
}

interface HistoryRow {
  readonly position: number;
  readonly event: CaseEvent;
  readonly details: Record<string, string>;
  readonly accountName: string;
}

/** One case: its steps and clock, what is missing and who may do it, objections, problems, evidence. @throws Refusal 404 */
export async function getCase(
  service: Identification,
  call: { readonly caller: Caller; readonly now: Date; readonly language: 'zh' | 'en' },
  caseId: string,
): Promise<Answer> {
  const { caller, now, language } = call;
  const pool = readsOf(service, caller);
  const { rows } = await pool.query<DetailRow>(
    `SELECT ${CASE_COLUMNS}, h.status, h.category, h.main_cause AS "mainCause", h.member_count AS "memberCount",
       h.per_capita_income_fen AS "perCapitaIncomeFen", n.year, n.serial, n.level,
       ${hasEntered(caller, '$3', 'c.household_id')} AS entered, c.county_code AS "countyCode", ${EXCEEDING_EXPLAINED} AS "exceedingExplained"
     FROM case_file c ${CASE_JOINS} LEFT JOIN notice n ON n.id = c.notice_id
     WHERE c.id = $1::uuid AND c.village_code LIKE ANY ($2::text[])`,
    [caseId, likeAny(regionPrefixes(caller)), caller.id],
  );
  const [row] = rows;
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
  const history = await readHistory(pool, caseId);
  const state: CaseState = {
    ...row.state,
    enteredBy: entered ? [caller.id] : [],
    history: history.map(({ event }) => event),
  };
  const hand: Hand = { accountId: caller.id, roles: rolesIn(caller, row.villageCode) };
  const problems = await readCaseProblems(pgSql(pool), [caseId]);
  const answer: Answer = {
    ...shownCase(data, now),
    asOf: now.toISOString(),
    household: { status, category, mainCause, memberCount, perCapitaIncomeFen },
    line: againstLine(row.state.kind, countyCode, perCapitaIncomeFen, now),
    exceedingExplained,
    steps: stepsOf(state, history),
    next: nextAct(state, { hand, impediments: impedimentsOf(problems), now, language }),
    corrections: toCorrections(state, hand),
    qualityProblems: problems.map(({ ruleId, explanation, foundAt }) => ({
      ruleId,
      explanation,
      ...ruleText(ruleId, language, businessDayOf(foundAt)),
    })),
    noticeNumber: year && serial ? noticeNumber({ year, serial, level }) : null,
    objections: await readObjections(service, pool, caseId),
    incomeEvidence: await findIncomeEvidence({ pool }, row.householdId),
    history: history
      .map(({ position, event, details, accountName }) => ({
        position,
        at: event.at,
        step: event.step,
        day: 'on' in event ? event.on : null,
        accountName,
        role: event.by.role,
        photos: event.type === 'appraisalRecorded' ? [...event.appraisal.photos] : [],
        ...describeEvent(event, details, language),
      }))
      .reverse(),
  };
  return readsMasked(caller) ? maskPersons(answer, await findCaseNames(pool, [caseId])) : answer;
}

async function readHistory(pool: Pool, caseId: string): Promise<HistoryRow[]> {
  const { rows } = await pool.query<HistoryRow>(
    `SELECT position, event, details, account_name AS "accountName" FROM case_event WHERE case_id = $1::uuid ORDER BY position`,
    [caseId],
  );
  return rows;
}

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

async function readObjections(service: Identification, pool: Pool, caseId: string): Promise<Answer['objections']> {
  const { rows } = await pool.query<ObjectionData>(
    `${OBJECTION_SELECT} WHERE o.case_id = $1::uuid ORDER BY o.id DESC`,
    [caseId],
  );
  return rows.map((row) => shownObjection(service.cipher, row));
}

import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/notices';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { currentStep } from '@bangfu/domain/identification/case/evolve';
import { whyNotAnswer } from '@bangfu/domain/identification/case/offer';
import type { Duty } from '@bangfu/domain/identification/case/steps';
import type { CaseState } from '@bangfu/domain/identification/case/types';
import type { NoticeContent } from '@bangfu/domain/identification/notice/content';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, readsMasked, regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { QueryCall } from '@bangfu/platform/operation/operation';
import { policyBasis } from '@bangfu/platform/policy/policy-basis';
import { qrSvg } from '@bangfu/platform/print/qr';
import { verifyAddress } from '@bangfu/platform/print/verify-address';
import { type ExpressionBuilder, sql } from 'kysely';
import { query, type Tables } from '../../../operations.ts';
import { findCaseNames } from '../../cases/case-names.ts';
import { sayCode, sayReason } from '../../cases/case-words.ts';
import { rolesIn } from '../../cases/signer.ts';
import { type NoticeData, noticeInScope, noticeRows, shownNotice } from '../notice-row.ts';
import { objectionRows, shownObjection } from '../objection-row.ts';

type Answer = AnswerInputOf<typeof contract.getNotice>;
type Call = QueryCall<typeof contract.getNotice, Tables>;

const CLOSES = {
  village: ['village-officer', 'township-officer'],
  township: ['township-officer'],
  county: [],
} as const;

/** One notice: what it shows, which cases still hang, its objections, and the code that leads to its check. @throws Refusal 404 */
export const getNotice = query(contract.getNotice, async (call) => {
  const { read, caller, now, language, params } = call;
  const { noticeId } = params;
  const prefixes = regionPrefixes(caller);
  const row = await noticeRows(read, now)
    .where('n.id', '=', noticeId)
    .where((eb) => noticeInScope(eb, prefixes))
    .select((eb) => ['n.content', heldBy(eb, caller, now).as('held'), policyBasis(eb.ref('n.policy_id')).as('basis')])
    .select((eb) => hangingVillage(eb).as('hangingVillage'))
    .executeTakeFirst();
  if (!row) throw notFound();
  const { content, held: _held, hangingVillage: _village, basis, ...data } = row;
  const address = verifyAddress(call.request, row.contentHash);
  const entries = await readEntries(read, noticeId, content, prefixes);
  const answer: Answer = {
    ...shownNotice(data, language),
    asOf: now.toISOString(),
    basis,
    closeRefusal: closeRefusal(row, call),
    verifyAddress: address,
    verifySvg: await qrSvg(address),
    entries,
    objectionList: await readObjections(call, prefixes),
    statuses: await readStatuses(read, noticeId),
  };
  if (!readsMasked(caller)) return answer;
  const cases = entries.flatMap(({ caseId }) => caseId ?? []);
  return maskPersons(answer, await findCaseNames(read, cases));
});

/** The duty that a caller holds in a case of `notice n` whose time is served, where it keeps them from closing it. */
function heldBy(eb: ExpressionBuilder<Tables & { n: Tables['notice'] }, 'n'>, caller: Caller, now: Date) {
  const [duty, holders] = [sql.ref<Duty>('d.key'), sql.ref('d.value')];
  return eb
    .selectFrom('case_file as c')
    .whereRef('c.notice_id', '=', 'n.id')
    .where('c.notice_closable_from', '<=', now)
    .select(({ ref }) =>
      sql<Duty | null>`min((select min(${duty}) from jsonb_each(${ref('c.state')}->'duties') as d (key, value)
        where ${duty} <> 'enter' and ${holders} ? ${caller.id}))`.as('held'),
    )
    .$asScalar();
}

/** A village of a case that hangs in `notice n`, by its code of now: the notice keeps that of the day it was opened. */
const hangingVillage = (eb: ExpressionBuilder<Tables & { n: Tables['notice'] }, 'n'>) =>
  eb
    .selectFrom('case_file as c')
    .whereRef('c.notice_id', '=', 'n.id')
    .select(({ fn }) => fn.min('c.village_code').$castTo<string | null>().as('village'))
    .$asScalar();

/** Why the notice cannot be closed now: the answer the command itself would give. */
function closeRefusal(
  row: NoticeData & { readonly held: Duty | null; readonly hangingVillage: string | null },
  call: { caller: Caller; now: Date; language: 'zh' | 'en' },
): string | null {
  const { caller, language } = call;
  if (row.hanging === 0) return sayCode('NOTICE_NOT_OPEN', {}, language);
  const roles: readonly string[] = rolesIn(caller, row.hangingVillage ?? row.regionCode);
  if (!CLOSES[row.level].some((role) => roles.includes(role))) return sayCode('NOT_GRANTED_HERE', {}, language);
  if (row.held) return sayCode('SEPARATION_OF_DUTIES', { duty: 'enter', held: row.held }, language);
  if (row.closable > 0) return null;
  if (!row.closableFrom) return sayCode('OBJECTION_OPEN', { count: row.openObjections }, language);
  return sayCode('NOTICE_TOO_EARLY', { days: row.fullDays, earliest: businessDayOf(row.closableFrom) }, language);
}

async function readEntries(
  read: ReadSql<Tables>,
  noticeId: string,
  content: NoticeContent,
  prefixes: readonly string[],
): Promise<Answer['entries']> {
  const rows = await read
    .selectFrom('notice_case as e')
    .innerJoin('case_file as c', 'c.id', 'e.case_id')
    .where('e.notice_id', '=', noticeId)
    .orderBy('e.position')
    .select(['e.position', 'c.notice_id as hangsIn'])
    .select((eb) =>
      eb
        .case()
        .when(inRegions(eb.ref('c.village_code'), prefixes))
        .then(eb.ref('e.case_id'))
        .end()
        .as('caseId'),
    )
    .execute();
  return rows.map(({ position, caseId, hangsIn }) => ({
    name: '',
    village: '',
    ...content.entries[position - 1],
    position,
    caseId,
    hanging: hangsIn === noticeId,
  }));
}

async function readObjections(
  { read, caller, language, params, kit }: Call,
  prefixes: readonly string[],
): Promise<Answer['objectionList']> {
  const rows = await objectionRows(read)
    .where('o.notice_id', '=', params.noticeId)
    .where((eb) => inRegions(eb.ref('c.village_code'), prefixes))
    .orderBy((eb) => eb('a.objection_id', 'is not', null))
    .orderBy('o.id')
    .select(['c.village_code as village', 'c.state'])
    .execute();
  const refusalOf = (stored: Omit<CaseState, 'enteredBy' | 'history'>, village: string) => {
    const state: CaseState = { ...stored, enteredBy: [], history: [] };
    const reason = whyNotAnswer(state, { accountId: caller.id, roles: rolesIn(caller, village) });
    return reason && sayReason(reason, currentStep(state)?.roles ?? [], language);
  };
  return rows.map(({ village, state, ...row }) => ({
    ...shownObjection(kit.cipher, row),
    answerRefusal: refusalOf(state, village),
  }));
}

async function readStatuses(read: ReadSql<Tables>, noticeId: string): Promise<Answer['statuses']> {
  const rows = await read
    .selectFrom('notice_status')
    .where('notice_id', '=', noticeId)
    .orderBy('position')
    .select(['status', 'at', 'account_name as accountName'])
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

import type { getNotice as operation } from '@bangfu/contracts/identification/notices';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { currentStep } from '@bangfu/domain/identification/case/evolve';
import { whyNotAnswer } from '@bangfu/domain/identification/case/offer';
import type { Duty } from '@bangfu/domain/identification/case/steps';
import type { CaseState } from '@bangfu/domain/identification/case/types';
import type { NoticeContent } from '@bangfu/domain/identification/notice/content';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, readsMasked, regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Pool } from '@bangfu/data/pool';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import { qrSvg } from '@bangfu/platform/print/qr';
import { verifyAddress } from '@bangfu/platform/print/verify-address';
import type { Request } from 'express';
import type { Identification } from '../../../db/client.ts';
import { findCaseNames } from '../../cases/case-names.query.ts';
import { sayCode, sayReason } from '../../cases/case-words.ts';
import { rolesIn } from '../../cases/signer.ts';
import { NOTICE_IN_SCOPE } from '../list-notices/list-notices.query.ts';
import { NOTICE_COLUMNS, NOTICE_JOINS, type NoticeData, shownNotice } from '../notice-row.ts';
import { OBJECTION_SELECT, type ObjectionData, shownObjection } from '../objection-row.ts';

type Answer = AnswerInputOf<typeof operation>;
/** With the duty the caller holds in a case whose time is served, where it keeps him from closing the notice. */
type Data = NoticeData & { readonly content: NoticeContent; readonly held: Duty | null };

const CLOSES = {
  village: ['village-officer', 'township-officer'],
  township: ['township-officer'],
  county: [],
} as const;

/** One notice: what it shows, which cases still hang, its objections, and the code that leads to its check. @throws Refusal 404 */
export async function getNotice(
  service: Identification,
  call: { readonly caller: Caller; readonly now: Date; readonly language: 'zh' | 'en'; readonly request: Request },
  noticeId: string,
): Promise<Answer> {
  const { caller, now, language } = call;
  const pool = readsOf(service, caller);
  const patterns = likeAny(regionPrefixes(caller));
  const { rows } = await pool.query<Data>(
    `SELECT ${NOTICE_COLUMNS}, n.content, (SELECT min(d.key) FROM case_file c, jsonb_each(c.state->'duties') d
       WHERE c.notice_id = n.id AND c.notice_closable_from <= $1::timestamptz AND d.key <> 'enter' AND d.value ? $4) AS held
     FROM notice n ${NOTICE_JOINS} WHERE n.id = $3::uuid AND ${NOTICE_IN_SCOPE}`,
    [now.toISOString(), patterns, noticeId, caller.id],
  );
  const [row] = rows;
  if (!row) throw notFound();
  const { content, held: _held, ...data } = row;
  const address = verifyAddress(call.request, row.contentHash);
  const entries = await readEntries(pool, noticeId, content, patterns);
  const answer: Answer = {
    ...shownNotice(data, language),
    asOf: now.toISOString(),
    closeRefusal: closeRefusal(row, call),
    verifyAddress: address,
    verifySvg: await qrSvg(address),
    entries,
    objectionList: await readObjections(service, pool, noticeId, patterns, call),
    statuses: await readStatuses(pool, noticeId),
  };
  if (!readsMasked(caller)) return answer;
  const cases = entries.flatMap(({ caseId }) => caseId ?? []);
  return maskPersons(answer, await findCaseNames(pool, cases));
}

/** Why the notice cannot be closed now: the answer the command itself would give. */
function closeRefusal(row: Data, call: { caller: Caller; now: Date; language: 'zh' | 'en' }): string | null {
  const { caller, language } = call;
  if (row.hanging === 0) return sayCode('NOTICE_NOT_OPEN', {}, language);
  const roles: readonly string[] = rolesIn(caller, row.regionCode);
  if (!CLOSES[row.level].some((role) => roles.includes(role))) return sayCode('NOT_GRANTED_HERE', {}, language);
  if (row.held) return sayCode('SEPARATION_OF_DUTIES', { duty: 'enter', held: row.held }, language);
  if (row.closable > 0) return null;
  if (!row.closableFrom) return sayCode('OBJECTION_OPEN', { count: row.openObjections }, language);
  return sayCode('NOTICE_TOO_EARLY', { days: row.fullDays, earliest: businessDayOf(row.closableFrom) }, language);
}

async function readEntries(
  pool: Pool,
  noticeId: string,
  content: NoticeContent,
  patterns: readonly string[],
): Promise<Answer['entries']> {
  const { rows } = await pool.query<{ position: number; caseId: string | null; hanging: boolean }>(
    `SELECT e.position, CASE WHEN e.village_code LIKE ANY ($2::text[]) THEN e.case_id END AS "caseId",
       c.notice_id IS NOT DISTINCT FROM e.notice_id AS hanging
     FROM notice_case e JOIN case_file c ON c.id = e.case_id WHERE e.notice_id = $1::uuid ORDER BY e.position`,
    [noticeId, [...patterns]],
  );
  return rows.map((row) => ({ name: '', village: '', ...content.entries[row.position - 1], ...row }));
}

async function readObjections(
  service: Identification,
  pool: Pool,
  noticeId: string,
  patterns: readonly string[],
  { caller, language }: { readonly caller: Caller; readonly language: 'zh' | 'en' },
): Promise<Answer['objectionList']> {
  const { rows } = await pool.query<ObjectionData & { caseVersion: number }>(
    `${OBJECTION_SELECT} WHERE o.notice_id = $1::uuid AND c.village_code LIKE ANY ($2::text[])
     ORDER BY a.objection_id IS NOT NULL, o.id`,
    [noticeId, [...patterns]],
  );
  const { rows: files } = await pool.query<{ id: string; village: string; state: CaseState }>(
    'SELECT id, village_code AS village, state FROM case_file WHERE id = ANY ($1::uuid[])',
    [rows.map(({ caseId }) => caseId)],
  );
  const refusals = new Map(
    files.map(({ id, village, state }) => {
      const reason = whyNotAnswer(state, { accountId: caller.id, roles: rolesIn(caller, village) });
      return [id, reason && sayReason(reason, currentStep(state)?.roles ?? [], language)];
    }),
  );
  return rows.map((row) => ({
    ...shownObjection(service.cipher, row),
    answerRefusal: refusals.get(row.caseId) ?? null,
  }));
}

async function readStatuses(pool: Pool, noticeId: string): Promise<Answer['statuses']> {
  const { rows } = await pool.query<{ status: Answer['status']; at: Date; accountName: string }>(
    `SELECT status, at, account_name AS "accountName" FROM notice_status WHERE notice_id = $1::uuid ORDER BY position`,
    [noticeId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

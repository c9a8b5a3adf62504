import { instant } from '@bangfu/data/instant';
import type { Declaration as Shown } from '@bangfu/contracts/industry/declarations';
import {
  type Actor as Party,
  type Declaration,
  type DeclarationStatus,
  type DraftLines,
  type NoticeVillage,
} from '@bangfu/domain/industry/declaration';
import { noticeSummary } from '@bangfu/domain/industry/declaration-notice';
import { countDays } from '@bangfu/domain/industry/dividend-period';
import type { DeclarationFacts } from '@bangfu/domain/industry/declaration-steps';
import { type LateAlarm, lateAlarms } from '@bangfu/domain/industry/late-alarms';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { render } from '@bangfu/platform/http/messages';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { ACTS_FOR_ENTITY, type Reach, scopeParams, SEES_ENTITY } from '../../db/scope.ts';
import { MESSAGES } from '../../messages.ts';
import { POLICY } from '../contracts/policy.ts';

/** An objection as it is stored with its notice. */
interface ObjectionRow {
  readonly id: string;
  readonly receipt: string;
  readonly raisedAt: string;
  readonly text: string;
  readonly supporters: number;
  readonly answeredAt: string | null;
  readonly upheld: boolean | null;
  readonly answer: string | null;
}

/** The notice of this edition in a village, with the objections against it. */
export interface NoticeRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly households: number;
  readonly totalFen: number;
  readonly openedAt: string | null;
  readonly openedBy: string | null;
  readonly requiredDays: number | null;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly hash: string | null;
  readonly number: string | null;
  readonly objections: readonly ObjectionRow[];
}

/** A declaration's row with the notices of its present edition and the figures of its lines. */
export interface DeclarationRow {
  readonly id: string;
  readonly countyCode: string;
  readonly entityId: string;
  readonly entityName: string;
  readonly entityState: string;
  readonly seatCode: string;
  readonly contractId: string;
  readonly contractNumber: string;
  readonly year: number;
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly days: number;
  readonly distributableFen: number;
  readonly periodEnd: BusinessDay;
  readonly status: DeclarationStatus;
  readonly computingJobId: string | null;
  readonly revision: number;
  readonly lines: number;
  readonly baseFen: number;
  readonly secondFen: number;
  readonly totalFen: number;
  readonly paidLines: number;
  readonly paidFen: number;
  readonly unsettledLines: number;
  /** Lines that a payment batch could take now. */
  readonly payableLines: number;
  readonly openCorrections: number;
  readonly differingLines: number;
  readonly belowGuarantee: number;
  readonly submittedById: string | null;
  readonly submittedBy: string | null;
  readonly submittedAt: string | null;
  readonly checkedById: string | null;
  readonly checkedBy: string | null;
  readonly checkedAt: string | null;
  readonly returnReason: string | null;
  /** When the last village's notice was closed. */
  readonly noticeClosedAt: string | null;
  readonly notices: readonly NoticeRow[];
  readonly version: number;
}

const lineFigure = (what: string, where: string) =>
  `(SELECT ${what}::float8 FROM dividend_line l WHERE l.declaration_id = d.id AND ${where})`;

/** Which `dividend_line l` of `declaration d` a payment batch takes: nothing of it waits for a decision. */
export const PAYABLE = `l.state = 'open' AND l.replaced_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM dividend_correction c WHERE c.line_id = l.id AND c.state = 'proposed')
  AND NOT EXISTS (SELECT 1 FROM claim_settlement s WHERE s.line_id = l.id AND s.state = 'proposed')
  AND NOT EXISTS (SELECT 1 FROM account_change a WHERE a.contract_id = d.contract_id
    AND a.household_id = l.household_id AND a.state = 'proposed')`;

/** What the lines of `declaration d` come to. */
export const FIGURES = {
  paidLines: lineFigure('count(*)', `l.state = 'paid'`),
  paidFen: lineFigure('coalesce(sum(l.payable_fen), 0)', `l.state = 'paid'`),
  unsettledLines: lineFigure('count(*)', `l.state IN ('open', 'batched')`),
  payableLines: lineFigure('count(*)', PAYABLE),
  openCorrections: `(SELECT count(*)::float8 FROM dividend_correction x
    WHERE x.declaration_id = d.id AND x.state = 'proposed')`,
  differingLines: lineFigure('count(*)', 'l.counts AND l.confirmed_fen <> l.payable_fen'),
  belowGuarantee: lineFigure('count(*)', 'l.counts AND l.amount_fen < l.guaranteed_fen'),
} as const;

/** The notices of the present edition of `declaration d`, as `NoticeRow`. */
export const NOTICES = `coalesce((SELECT jsonb_agg(jsonb_build_object('id', n.id, 'code', n.village_code, 'name', n.village_name,
      'households', n.households, 'totalFen', n.total_fen, 'openedAt', ${instant('n.opened_at')}, 'openedBy', n.opened_by,
      'requiredDays', n.required_days, 'closedAt', ${instant('n.closed_at')}, 'closedBy', n.closed_by,
      'hash', n.content_hash, 'number', n.number,
      'objections', coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'receipt', o.receipt,
          'raisedAt', ${instant('o.raised_at')}, 'text', o.text, 'supporters',
          (SELECT count(*) FROM declaration_objection_supporter s WHERE s.objection_id = o.id), 'answeredAt', ${instant('o.answered_at')},
          'upheld', o.upheld, 'answer', o.answer) ORDER BY o.id)
        FROM declaration_objection o WHERE o.notice_id = n.id), '[]'))
      ORDER BY n.village_code)
    FROM declaration_notice n WHERE n.declaration_id = d.id AND n.revision = d.revision), '[]')`;

/** The columns of `declaration d` with `entity e` and `contract c`, by their names in code. */
export const DECLARATION_COLUMNS = `d.id::text AS id, d.county_code AS "countyCode", d.entity_id::text AS "entityId",
  e.name AS "entityName", e.state AS "entityState", e.seat_code AS "seatCode", d.contract_id::text AS "contractId", c.number AS "contractNumber",
  d.year, d.days, d.distributable_fen::float8 AS "distributableFen", d.period_from::text AS "from",
  d.period_end::text AS "to", d.period_end::text AS "periodEnd", d.status,
  d.computing_job_id::text AS "computingJobId", d.revision, d.lines, d.base_fen::float8 AS "baseFen",
  d.second_fen::float8 AS "secondFen", d.total_fen::float8 AS "totalFen",
  ${Object.entries(FIGURES)
    .map(([name, figure]) => `${figure} AS "${name}"`)
    .join(', ')},
  d.submitted_by_id AS "submittedById", d.submitted_by AS "submittedBy", ${instant('d.submitted_at')} AS "submittedAt",
  d.checked_by_id AS "checkedById", d.checked_by AS "checkedBy", ${instant('d.checked_at')} AS "checkedAt",
  d.return_reason AS "returnReason", ${instant('d.notice_closed_at')} AS "noticeClosedAt",
  ${NOTICES} AS notices,
  d.version`;

export const FROM_DECLARATION = `FROM declaration d JOIN entity e ON e.id = d.entity_id JOIN contract c ON c.id = d.contract_id`;

/** One declaration within reach. @throws Refusal 404 */
export async function getDeclaration(
  sql: Sql,
  caller: Caller,
  id: string,
  reach: Reach = 'sees',
): Promise<DeclarationRow> {
  const [row] = await sql.query<DeclarationRow>(
    `SELECT ${DECLARATION_COLUMNS} ${FROM_DECLARATION}
     WHERE d.id = $3::uuid AND ${reach === 'sees' ? SEES_ENTITY : ACTS_FOR_ENTITY}`,
    [...scopeParams(caller), id],
  );
  if (!row) throw notFound();
  return row;
}

/** Locks a declaration for this transaction, whoever asks; everything about its money queues here. */
export async function lockDeclaration(sql: Sql, id: string): Promise<void> {
  await sql.query('SELECT 1 FROM declaration WHERE id = $1::uuid FOR UPDATE', [id]);
}

/** Locks a declaration for this transaction and reads it then. @throws Refusal 404 */
export async function holdDeclaration(sql: Sql, caller: Caller, id: string, reach: Reach): Promise<DeclarationRow> {
  await lockDeclaration(sql, id);
  return getDeclaration(sql, caller, id, reach);
}

/** Refuses a change made on another version. @throws Refusal 409 with the present one */
export function demandVersion(
  row: DeclarationRow,
  version: number,
  reader: { now: Date; language: 'zh' | 'en' },
): void {
  if (row.version !== version) throw conflict(shown(row, reader.now, reader.language));
}

/** A village's notice as the domain knows it. */
function toVillage({ code, name, openedAt, requiredDays, closedAt, objections }: NoticeRow): NoticeVillage {
  if (!openedAt || !requiredDays) return { code, name };
  const notice = {
    openedAt: new Date(openedAt),
    requiredDays,
    objections: objections.map((o) => ({
      id: o.id,
      raisedAt: new Date(o.raisedAt),
      ...(o.answeredAt && { answeredAt: new Date(o.answeredAt), upheld: o.upheld ?? false, answer: o.answer ?? '' }),
    })),
    ...(closedAt && { closedAt: new Date(closedAt) }),
  };
  return { code, name, notice };
}

/** What the domain knows of a declaration's row. */
export type HeadRow = Pick<
  DeclarationRow,
  'entityId' | 'periodEnd' | 'status' | 'revision' | 'submittedById' | 'checkedById' | 'returnReason' | 'notices'
>;

/** The row as the domain knows it. */
export function toDomain(row: HeadRow): Declaration {
  return {
    entityId: row.entityId,
    periodEnd: row.periodEnd,
    status: row.status,
    revision: row.revision,
    ...(row.submittedById && { submittedBy: row.submittedById }),
    ...(row.checkedById && { checkedBy: row.checkedById }),
    ...(row.returnReason && { returnReason: row.returnReason }),
    villages: row.notices.map(toVillage),
  };
}

/** A draft's lines as the domain looks at them. */
export const draftLinesOf = (row: DeclarationRow): DraftLines => ({
  lines: row.lines,
  computing: row.computingJobId !== null,
  outdated: row.days < periodDays(row),
  totalFen: row.totalFen,
  entityClosed: row.entityState === 'closed',
});

/** The days of a declaration's period; a household's own days are counted within them. */
const periodDays = ({ from, to }: DeclarationRow) => countDays({ from, to });

/** What the steps of a declaration look at beside itself. */
export const factsOf = (row: DeclarationRow): DeclarationFacts => ({
  ...draftLinesOf(row),
  payable: row.payableLines,
  unsettled: row.unsettledLines,
  corrections: row.openCorrections,
  differing: row.differingLines,
});

/** Who acts, with the record's entity if any of his grants is for it, not only those of this operation. */
export function partyOf(caller: Caller, { entityId }: { readonly entityId: string }): Party {
  const own = caller.grants.some(({ scope }) => scope.kind === 'entity' && scope.id === entityId);
  return { accountId: caller.id, ...(own && { entityId }) };
}

/** What the domain does not know of a step: names and instants. */
export type StepFacts = Partial<Pick<DeclarationRow, 'submittedBy' | 'submittedAt' | 'checkedBy' | 'checkedAt'>>;

/** Stores what a step of the domain made of a held declaration; facts of a step that was undone go with it. */
export async function saveDeclaration(
  sql: Sql,
  row: DeclarationRow,
  after: Declaration,
  facts: StepFacts = {},
): Promise<void> {
  const kept = { ...row, ...facts };
  // What is stored of the notices does not depend on the moment.
  const notice = noticeSummary(after, new Date(0));
  await sql.query(
    `UPDATE declaration SET status = $2, revision = $3, submitted_by_id = $4, submitted_by = $5,
       submitted_at = $6::text::timestamptz, checked_by_id = $7, checked_by = $8, checked_at = $9::text::timestamptz,
       return_reason = $10, notice_opened_at = $11::text::timestamptz, notice_days = $12,
       notice_closed_at = $13::text::timestamptz, version = version + 1
     WHERE id = $1::uuid`,
    [
      row.id,
      after.status,
      after.revision,
      after.submittedBy ?? null,
      after.submittedBy ? kept.submittedBy : null,
      after.submittedBy ? kept.submittedAt : null,
      after.checkedBy ?? null,
      after.checkedBy ? kept.checkedBy : null,
      after.checkedBy ? kept.checkedAt : null,
      after.returnReason ?? null,
      notice?.openedAt.toISOString() ?? null,
      notice?.requiredDays ?? null,
      notice?.closedAt?.toISOString() ?? null,
    ],
  );
}

/** What is late about a declaration; settled = nothing of it is to be paid, decided or looked into. */
export function alarmsOf(
  row: HeadRow & Pick<DeclarationRow, 'submittedAt' | 'checkedAt'>,
  isSettled: boolean,
  now: Date,
): LateAlarm[] {
  const facts = {
    submittedAt: row.submittedAt ? new Date(row.submittedAt) : null,
    checkedAt: row.checkedAt ? new Date(row.checkedAt) : null,
    isSettled,
  };
  return lateAlarms(toDomain(row), facts, POLICY, now);
}

/** The villages an alarm is about, in words. */
export const villagesOf = ({ villages }: LateAlarm): string => villages.map(({ name }) => name).join('、');

/** A declaration as the contract shows it, with its clock and alarms as of now. */
export function shown(row: DeclarationRow, now: Date, language: 'zh' | 'en'): Shown {
  const declaration = toDomain(row);
  const isSettled = row.unsettledLines + row.openCorrections + row.differingLines === 0;
  const alarms: { code: string; params: Record<string, string | number> }[] = alarmsOf(row, isSettled, now).map(
    (alarm) => ({ code: alarm.code, params: { days: alarm.days, villages: villagesOf(alarm) } }),
  );
  const { days } = row;
  const most = periodDays(row);
  const isOver = row.status === 'closed' || row.status === 'discarded';
  if (days < most && !isOver) alarms.push({ code: 'DECLARATION_DAYS_SHORT', params: { days, most } });
  if (row.belowGuarantee > 0) alarms.push({ code: 'LINES_BELOW_GUARANTEE', params: { lines: row.belowGuarantee } });
  const notice = noticeSummary(declaration, now);
  return {
    ...row,
    notice: notice && {
      ...notice,
      openedAt: notice.openedAt.toISOString(),
      closedAt: notice.closedAt?.toISOString() ?? null,
      closableFrom: notice.closableFrom?.toISOString() ?? null,
    },
    alarms: alarms.map(({ code, params }) => ({ code, message: render(MESSAGES, code, params, language) })),
  };
}

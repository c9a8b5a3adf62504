import { industryPolicy } from '../../db/policy.ts';
import type { IndustryPolicy } from '@bangfu/domain/industry/contract';
import type { Declaration as Shown } from '@bangfu/contracts/industry/declarations';
import { countOf } from '@bangfu/data/count-of';
import { instantOf } from '@bangfu/data/instant';
import { sumOf } from '@bangfu/data/sum-of';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import {
  type Actor as Party,
  type Declaration,
  type DraftLines,
  type NoticeVillage,
} from '@bangfu/domain/industry/declaration';
import { noticeSummary } from '@bangfu/domain/industry/declaration-notice';
import { countDays } from '@bangfu/domain/industry/dividend-period';
import type { DeclarationFacts } from '@bangfu/domain/industry/declaration-steps';
import { type LateAlarm, lateAlarms } from '@bangfu/domain/industry/late-alarms';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { policyBasis } from '@bangfu/platform/policy/policy-basis';
import { render } from '@bangfu/platform/http/messages';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import type { ExpressionBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { actsForEntity, entityVisible, type Reach } from '../../db/scope.ts';
import { MESSAGES } from '../../messages.ts';
import type { Tables } from '../../operations.ts';

type WithDeclaration = Tables & { d: Tables['declaration'] };
type OfDeclaration = ExpressionBuilder<WithDeclaration, 'd'>;
type OfLine = ExpressionBuilder<WithDeclaration & { l: Tables['dividend_line'] }, 'd' | 'l'>;

/** Whether a payment batch takes `dividend_line l` of `declaration d`: nothing of it waits for a decision. */
export const isPayable = (eb: OfLine) =>
  eb.and([
    eb('l.state', '=', 'open'),
    eb('l.replaced_by', 'is', null),
    eb.not(
      eb.exists(
        eb
          .selectFrom('dividend_correction as x')
          .whereRef('x.line_id', '=', 'l.id')
          .where('x.state', '=', 'proposed')
          .select('x.id'),
      ),
    ),
    eb.not(
      eb.exists(
        eb
          .selectFrom('claim_settlement as s')
          .whereRef('s.line_id', '=', 'l.id')
          .where('s.state', '=', 'proposed')
          .select('s.id'),
      ),
    ),
    eb.not(
      eb.exists(
        eb
          .selectFrom('account_change as a')
          .whereRef('a.contract_id', '=', 'd.contract_id')
          .whereRef('a.household_id', '=', 'l.household_id')
          .where('a.state', '=', 'proposed')
          .select('a.id'),
      ),
    ),
  ]);

const linesOf = (eb: OfDeclaration) => eb.selectFrom('dividend_line as l').whereRef('l.declaration_id', '=', 'd.id');

/** What the lines of `declaration d` come to. */
export const FIGURES = {
  paidLines: (eb: OfDeclaration) => countOf(linesOf(eb).where('l.state', '=', 'paid')),
  paidFen: (eb: OfDeclaration) =>
    linesOf(eb)
      .where('l.state', '=', 'paid')
      .select((l) => sumOf(l.ref('l.payable_fen')).as('sum'))
      .$asScalar()
      .$notNull(),
  unsettledLines: (eb: OfDeclaration) => countOf(linesOf(eb).where('l.state', 'in', ['open', 'batched'])),
  openCorrections: (eb: OfDeclaration) =>
    countOf(
      eb
        .selectFrom('dividend_correction as x')
        .whereRef('x.declaration_id', '=', 'd.id')
        .where('x.state', '=', 'proposed'),
    ),
  differingLines: (eb: OfDeclaration) =>
    countOf(linesOf(eb).where('l.counts', '=', true).whereRef('l.confirmed_fen', '<>', 'l.payable_fen')),
  belowGuarantee: (eb: OfDeclaration) =>
    countOf(linesOf(eb).where('l.counts', '=', true).whereRef('l.amount_fen', '<', 'l.guaranteed_fen')),
} as const;

/** The objections against `declaration_notice n`, in the order they were raised. */
const objectionsOf = (eb: ExpressionBuilder<Tables & { n: Tables['declaration_notice'] }, 'n'>) =>
  jsonArrayFrom(
    eb
      .selectFrom('declaration_objection as o')
      .whereRef('o.notice_id', '=', 'n.id')
      .orderBy('o.id')
      .select(['o.id', 'o.receipt', 'o.text', 'o.upheld', 'o.answer'])
      .select((o) => [
        instantOf(o.ref('o.raised_at')).as('raisedAt'),
        countOf(o.selectFrom('declaration_objection_supporter as s').whereRef('s.objection_id', '=', 'o.id')).as(
          'supporters',
        ),
        instantOf(o.ref('o.answered_at')).as('answeredAt'),
      ]),
  );

/** The notices of the present edition of `declaration d`, each with the objections against it. */
export const presentNotices = (eb: OfDeclaration) =>
  jsonArrayFrom(
    eb
      .selectFrom('declaration_notice as n')
      .whereRef('n.declaration_id', '=', 'd.id')
      .whereRef('n.revision', '=', 'd.revision')
      .orderBy('n.village_code')
      .select(['n.id', 'n.village_code as code', 'n.village_name as name', 'n.households', 'n.total_fen as totalFen'])
      .select(['n.opened_by as openedBy', 'n.required_days as requiredDays', 'n.closed_by as closedBy'])
      .select(['n.content_hash as hash', 'n.number'])
      .select((n) => [
        instantOf(n.ref('n.opened_at')).as('openedAt'),
        instantOf(n.ref('n.closed_at')).as('closedAt'),
        policyBasis(n.ref('n.policy_id')).as('basis'),
        objectionsOf(n).as('objections'),
      ]),
  );

/** Declarations `d` of `entity e` by `contract c`, with the notices of their present edition and the figures of their lines. */
export const declarations = (read: ReadSql<Tables>) =>
  read
    .selectFrom('declaration as d')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .innerJoin('contract as c', 'c.id', 'd.contract_id')
    .select(['d.id', 'd.county_code as countyCode', 'd.entity_id as entityId', 'd.contract_id as contractId'])
    .select(['e.name as entityName', 'e.state as entityState', 'e.seat_code as seatCode'])
    .select(['c.number as contractNumber', 'd.year', 'd.days', 'd.distributable_fen as distributableFen'])
    .select(['d.status', 'd.computing_job_id as computingJobId', 'd.revision', 'd.lines', 'd.base_fen as baseFen'])
    .select(['d.second_fen as secondFen', 'd.total_fen as totalFen', 'd.return_reason as returnReason', 'd.version'])
    .select(['d.submitted_by_id as submittedById', 'd.submitted_by as submittedBy'])
    .select(['d.checked_by_id as checkedById', 'd.checked_by as checkedBy'])
    .select((eb) => [
      eb.ref('d.period_from').$castTo<BusinessDay>().as('from'),
      eb.ref('d.period_end').$castTo<BusinessDay>().as('to'),
      eb.ref('d.period_end').$castTo<BusinessDay>().as('periodEnd'),
      instantOf(eb.ref('d.submitted_at')).as('submittedAt'),
      instantOf(eb.ref('d.checked_at')).as('checkedAt'),
      // When the last village's notice was closed.
      instantOf(eb.ref('d.notice_closed_at')).as('noticeClosedAt'),
      FIGURES.paidLines(eb).as('paidLines'),
      FIGURES.paidFen(eb).as('paidFen'),
      FIGURES.unsettledLines(eb).as('unsettledLines'),
      // Lines that a payment batch could take now.
      countOf(linesOf(eb).where((l) => isPayable(l))).as('payableLines'),
      FIGURES.openCorrections(eb).as('openCorrections'),
      FIGURES.differingLines(eb).as('differingLines'),
      FIGURES.belowGuarantee(eb).as('belowGuarantee'),
      presentNotices(eb).as('notices'),
    ]);

/** A declaration's row with the notices of its present edition and the figures of its lines. */
export type DeclarationRow = Awaited<ReturnType<ReturnType<typeof declarations>['executeTakeFirstOrThrow']>>;

/** The notice of this edition in a village, with the objections against it. */
export type NoticeRow = DeclarationRow['notices'][number];

/** One declaration within reach. @throws Refusal 404 */
export async function getDeclaration(
  read: ReadSql<Tables>,
  caller: Caller,
  id: string,
  reach: Reach = 'sees',
): Promise<DeclarationRow> {
  const row = await declarations(read)
    .where('d.id', '=', id)
    .where((eb) => (reach === 'sees' ? entityVisible(eb, caller) : actsForEntity(eb, caller)))
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Locks a declaration for this transaction, for every caller; everything about its money queues here. */
export async function lockDeclaration({ sql }: Pick<Transaction<Tables>, 'sql'>, id: string): Promise<void> {
  await sql.selectFrom('declaration').where('id', '=', id).select('id').forUpdate().execute();
}

/** Locks a declaration for this transaction and reads it then. @throws Refusal 404 */
export async function holdDeclaration(
  tx: Pick<Transaction<Tables>, 'sql'>,
  caller: Caller,
  id: string,
  reach: Reach,
): Promise<DeclarationRow> {
  await lockDeclaration(tx, id);
  return getDeclaration(tx.sql, caller, id, reach);
}

/** Refuses a change made on another version. @throws Refusal 409 with the present one */
export async function demandVersion(
  read: ReadSql<Tables>,
  row: DeclarationRow,
  version: number,
  reader: ShownTo,
): Promise<void> {
  if (row.version !== version) throw conflict(await shownTo(read, reader, row));
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

/** What the steps of a declaration look at besides itself. */
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
  { sql }: Transaction<Tables>,
  row: DeclarationRow,
  after: Declaration,
  facts: StepFacts = {},
): Promise<void> {
  const kept = { ...row, ...facts };
  // What is stored of the notices does not depend on the moment.
  const notice = noticeSummary(after, new Date(0));
  await sql
    .updateTable('declaration')
    .set((eb) => ({
      status: after.status,
      revision: after.revision,
      submitted_by_id: after.submittedBy ?? null,
      submitted_by: after.submittedBy ? kept.submittedBy : null,
      submitted_at: after.submittedBy ? kept.submittedAt : null,
      checked_by_id: after.checkedBy ?? null,
      checked_by: after.checkedBy ? kept.checkedBy : null,
      checked_at: after.checkedBy ? kept.checkedAt : null,
      return_reason: after.returnReason ?? null,
      notice_opened_at: notice?.openedAt ?? null,
      notice_days: notice?.requiredDays ?? null,
      notice_closed_at: notice?.closedAt ?? null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', row.id)
    .execute();
}

/** What is late about a declaration; settled = nothing of it is to be paid, decided or looked into. */
export function alarmsOf(
  row: HeadRow & Pick<DeclarationRow, 'submittedAt' | 'checkedAt'>,
  isSettled: boolean,
  { policy, now }: { readonly policy: IndustryPolicy; readonly now: Date },
): LateAlarm[] {
  const facts = {
    submittedAt: row.submittedAt ? new Date(row.submittedAt) : null,
    checkedAt: row.checkedAt ? new Date(row.checkedAt) : null,
    isSettled,
  };
  return lateAlarms(toDomain(row), facts, policy, now);
}

/** The villages an alarm is about, in words. */
export const villagesOf = ({ villages }: LateAlarm): string => villages.map(({ name }) => name).join('、');

/** Whom a declaration is shown to, and when. */
interface ShownTo {
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
}

/** A declaration as the contract shows it to a reader. */
export async function shownTo(read: ReadSql<Tables>, reader: ShownTo, row: DeclarationRow): Promise<Shown> {
  return shown(row, await industryPolicy(read, reader.caller, reader.now), reader);
}

/** A declaration as the contract shows it, with its clock and alarms as of now. */
export function shown(
  row: DeclarationRow,
  policy: IndustryPolicy,
  { now, language }: { readonly now: Date; readonly language: 'zh' | 'en' },
): Shown {
  const declaration = toDomain(row);
  const isSettled = row.unsettledLines + row.openCorrections + row.differingLines === 0;
  const alarms: { code: string; params: Record<string, string | number> }[] = alarmsOf(row, isSettled, {
    policy,
    now,
  }).map((alarm) => ({ code: alarm.code, params: { days: alarm.days, villages: villagesOf(alarm) } }));
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

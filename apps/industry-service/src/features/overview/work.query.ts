import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { WorkKind } from '@bangfu/contracts/core/work';
import { decideSettlement, proposeSettlement } from '@bangfu/contracts/industry/claims';
import { decideAccountChange } from '@bangfu/contracts/industry/account-changes';
import { decideNilYear } from '@bangfu/contracts/industry/nil-years';
import { decideContractEnd } from '@bangfu/contracts/industry/contract-ends';
import {
  checkDeclaration,
  closeDeclaration,
  declareDividend,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import {
  answerDividendObjection,
  closeDividendNotice,
  openDividendNotice,
} from '@bangfu/contracts/industry/dividend-notices';
import {
  CORRECTORS,
  createPaymentBatch,
  decideBatchCancel,
  decideCorrection,
  proposeCorrection,
  uploadBankReceipt,
} from '@bangfu/contracts/industry/payments';
import { declarationClock } from '@bangfu/domain/industry/declaration-notice';
import { addDays, type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type WorkDays, workDue } from '@bangfu/domain/shared/work-policy';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { type Caller, holds } from '@bangfu/platform/auth/caller';
import { instant } from '@bangfu/data/instant';
import { readsOf } from '@bangfu/platform/db/reads';
import { toWork, type WaitingKind, waitingFor } from '@bangfu/platform/work';
import type { Industry } from '../../db/client.ts';
import { typedOver } from '../../db/over-text.ts';
import { ACTS_FOR_ENTITY, actsForEntity, entityVisible, scopeParams } from '../../db/scope.ts';
import { contractEnds } from '../contract-ends/contract-end.repository.ts';
import { POLICY } from '../contracts/policy.ts';
import { type DeclarationRow, declarations, type NoticeRow, toDomain } from '../declarations/declaration.repository.ts';
import { nilRows } from '../nil-years/nil-year.repository.ts';
import { actsFor } from '../notices/notice.repository.ts';
import { claimsToSettle, settlementsToDecide } from './claim-work.query.ts';
import { listed } from './listed.ts';
import { findUndeclared } from './late.query.ts';

/** What waits for the caller by the acts his grants open: declare, check, post, answer, pay, settle, decide. */
export async function listWork(
  service: Industry,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  const sql = pgSql(readsOf(service, caller));
  const stages = STAGES.map((stage) => waitingFor(stage.act, caller, now, (as) => declarationsAt(sql, as, stage, now)));
  const found = await Promise.all([
    waitingFor(declareDividend, caller, now, (as) => toDeclare(sql, as, now)),
    ...stages,
    waitingFor(createPaymentBatch, caller, now, (as) => linesToPayAgain(sql, as)),
    waitingFor(uploadBankReceipt, caller, now, (as) => receiptsToImport(sql, as)),
    waitingFor(decideBatchCancel, caller, now, (as) => cancelsToDecide(sql, as)),
    waitingFor(decideCorrection, caller, now, (as) => correctionsToDecide(sql, as)),
    waitingFor(proposeCorrection, caller, now, (as) => receiptsThatDiffer(sql, as)),
    waitingFor(proposeSettlement, caller, now, (as) => claimsToSettle(sql, as)),
    waitingFor(decideSettlement, caller, now, (as) => settlementsToDecide(sql, as)),
    waitingFor(decideNilYear, caller, now, (as) => nilYearsToDecide(sql, as)),
    waitingFor(decideContractEnd, caller, now, (as) => endsToDecide(sql, as)),
    waitingFor(decideAccountChange, caller, now, (as) => accountsToDecide(sql, as)),
  ]);
  return toWork(found, businessDayOf(now));
}

const dayOf = (instant: string | Date): BusinessDay => businessDayOf(new Date(instant));

/** Dividend years of contracts nobody declared; the day is the policy's. */
async function toDeclare(sql: Sql, caller: Caller, now: Date): Promise<WaitingKind> {
  const undeclared = await findUndeclared(sql, caller, now);
  return listed(
    undeclared.map((row) => ({
      id: `declare-${row.contractId}-${row.periodEnd}`,
      kind: 'dividend-to-declare' as const,
      title: `申报 ${row.year} 年度分红`,
      detail: row.entityName,
      due: addDays(row.periodEnd, POLICY.declareWithinDays),
      link: `/industry/declarations/new?contract=${row.contractId}`,
    })),
  );
}

/** A stage of a declaration at which an act waits. */
interface Stage {
  readonly kind: WorkKind;
  readonly act: Parameters<typeof waitingFor>[0];
  readonly title: string;
  readonly statuses: readonly DeclarationRow['status'][];
  /** Whose entities: a notice is posted where the entity works, all else is done where it has its seat. */
  readonly within: typeof entityVisible;
  /** The day by which it is due; null when this declaration does not wait for it, or not for this person. */
  readonly due: (row: DeclarationRow, caller: Caller, now: Date) => BusinessDay | null;
}

const within = (kind: keyof WorkDays, since: string | null | undefined) => (since ? workDue(kind, dayOf(since)) : null);
/** The first day by which one of the villages that the caller acts for is due; null when none of them waits. */
function firstDue(
  row: DeclarationRow,
  caller: Caller,
  dueOf: (notice: NoticeRow) => BusinessDay | null,
): BusinessDay | null {
  const dues = row.notices
    .filter((notice) => actsFor(caller, notice, row.seatCode))
    .flatMap((each) => dueOf(each) ?? []);
  return dues.toSorted()[0] ?? null;
}
const closableOf = (row: DeclarationRow, { code, closedAt }: NoticeRow) => {
  const notice = closedAt ? null : toDomain(row).villages.find((each) => each.code === code)?.notice;
  return notice ? declarationClock(notice).closableFrom : null;
};
const toPay = (since: string | null) => (since ? addDays(dayOf(since), POLICY.payWithinDays) : null);

const STAGES: readonly Stage[] = [
  {
    kind: 'dividend-to-submit',
    act: submitDeclaration,
    title: '提交分红申报',
    statuses: ['drafted'],
    within: entityVisible,
    due: (row) => addDays(row.periodEnd, POLICY.declareWithinDays),
  },
  {
    kind: 'dividend-to-check',
    act: checkDeclaration,
    title: '审核分红申报',
    statuses: ['submitted'],
    within: actsForEntity,
    due: (row, caller) => (row.submittedById === caller.id ? null : within('dividend-to-check', row.submittedAt)),
  },
  {
    kind: 'dividend-to-post',
    act: openDividendNotice,
    title: '张贴分红公示',
    statuses: ['checked', 'on-notice'],
    within: entityVisible,
    due: (row, caller) =>
      firstDue(row, caller, ({ openedAt }) => (openedAt ? null : within('dividend-to-post', row.checkedAt))),
  },
  {
    kind: 'objection-to-answer',
    act: answerDividendObjection,
    title: '答复分红公示异议',
    statuses: ['on-notice'],
    within: actsForEntity,
    due: (row) => {
      const objections = row.notices.flatMap((notice) => notice.objections);
      const unanswered = objections.filter(({ answeredAt }) => !answeredAt).map(({ raisedAt }) => raisedAt);
      return within('objection-to-answer', unanswered.toSorted()[0]);
    },
  },
  {
    kind: 'notice-to-close',
    act: closeDividendNotice,
    title: '公示期满，结束分红公示',
    statuses: ['on-notice'],
    within: entityVisible,
    due: (row, caller, now) =>
      firstDue(row, caller, (notice) => {
        const closable = closableOf(row, notice);
        return closable && closable <= now ? workDue('notice-to-close', businessDayOf(closable)) : null;
      }),
  },
  {
    kind: 'dividend-to-pay',
    act: createPaymentBatch,
    title: '生成分红发放批次',
    statuses: ['noticed'],
    within: actsForEntity,
    due: (row) => (row.unsettledLines + row.openCorrections > 0 ? toPay(row.noticeClosedAt) : null),
  },
  {
    kind: 'dividend-to-close',
    act: closeDeclaration,
    title: '办结分红申报',
    statuses: ['noticed'],
    within: actsForEntity,
    // Nothing of it is to be paid.
    due: (row) =>
      row.unsettledLines + row.openCorrections > 0 || !row.noticeClosedAt
        ? null
        : workDue('dividend-to-close', dayOf(row.noticeClosedAt)),
  },
  {
    kind: 'dividend-to-close',
    act: closeDeclaration,
    title: '办结分红申报',
    statuses: ['in-payment'],
    within: actsForEntity,
    // What keeps it from being closed waits as work of its own.
    due: (row) =>
      row.unsettledLines + row.openCorrections + row.differingLines > 0 || !row.noticeClosedAt
        ? null
        : workDue('dividend-to-close', addDays(dayOf(row.noticeClosedAt), POLICY.payWithinDays)),
  },
];

async function declarationsAt(sql: Sql, caller: Caller, stage: Stage, now: Date): Promise<WaitingKind> {
  const rows = await declarations(typedOver(sql))
    .where('d.status', 'in', stage.statuses)
    .where((eb) => stage.within(eb, caller))
    .orderBy('d.id')
    .execute();
  return listed(
    rows.flatMap((row) => {
      const due = stage.due(row, caller, now);
      if (!due) return [];
      const detail = `${row.entityName} ${row.year} 年度，${row.lines} 户`;
      const link = `/industry/declarations/${row.id}`;
      return [{ id: `${stage.kind}-${row.id}`, kind: stage.kind, title: stage.title, detail, due, link }];
    }),
  );
}

/** Declarations in payment with lines in no batch: the bank gave them back, or a correction made them. */
async function linesToPayAgain(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const rows = await sql.query<{ id: string; name: string; year: number; lines: number; closedAt: string }>(
    `SELECT d.id::text AS id, e.name, d.year, count(*)::int AS lines, ${instant('d.notice_closed_at')} AS "closedAt"
     FROM declaration d JOIN entity e ON e.id = d.entity_id
     JOIN dividend_line l ON l.declaration_id = d.id AND l.state = 'open' AND l.counts
     WHERE d.status = 'in-payment' AND d.notice_closed_at IS NOT NULL AND ${ACTS_FOR_ENTITY} GROUP BY d.id, e.name`,
    scopeParams(caller),
  );
  return listed(
    rows.map(({ id, name, year, lines, closedAt }) => ({
      id: `dividend-to-pay-${id}`,
      kind: 'dividend-to-pay' as const,
      title: `生成分红发放批次（${lines} 笔未发放）`,
      detail: `${name} ${year} 年度`,
      due: addDays(dayOf(closedAt), POLICY.payWithinDays),
      link: `/industry/declarations/${id}`,
    })),
  );
}

/** Batches sent to the bank with lines its receipt has said nothing of. */
async function receiptsToImport(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const rows = await sql.query<{ id: string; number: string; name: string; lines: number; createdAt: Date }>(
    `SELECT b.id::text AS id, b.number, e.name, count(*)::int AS lines, b.created_at AS "createdAt"
     FROM payment_batch b JOIN dividend_line l ON l.batch_id = b.id AND l.state = 'batched'
     JOIN declaration d ON d.id = b.declaration_id JOIN entity e ON e.id = d.entity_id
     WHERE ${ACTS_FOR_ENTITY} GROUP BY b.id, e.name`,
    scopeParams(caller),
  );
  return listed(
    rows.map(({ id, number, name, lines, createdAt }) => ({
      id: `receipt-to-import-${id}`,
      kind: 'receipt-to-import' as const,
      title: `导入银行回单（${lines} 笔未办结）`,
      detail: `${name} ${number}`,
      due: workDue('receipt-to-import', businessDayOf(createdAt)),
      link: `/industry/payments/${id}`,
    })),
  );
}

async function cancelsToDecide(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const rows = await sql.query<{ id: string; number: string; name: string; askedAt: Date }>(
    `SELECT b.id::text AS id, b.number, e.name, b.cancel_asked_at AS "askedAt" FROM payment_batch b
     JOIN declaration d ON d.id = b.declaration_id JOIN entity e ON e.id = d.entity_id
     WHERE b.cancel_state = 'asked' AND b.cancel_asked_by_id <> $3 AND ${ACTS_FOR_ENTITY}`,
    [...scopeParams(caller), caller.id],
  );
  return listed(
    rows.map(({ id, number, name, askedAt }) => ({
      id: `batch-cancel-to-decide-${id}`,
      kind: 'batch-cancel-to-decide' as const,
      title: '复核发放批次撤销',
      detail: `${name} ${number}`,
      due: workDue('batch-cancel-to-decide', businessDayOf(askedAt)),
      link: `/industry/payments/${id}`,
    })),
  );
}

interface LineRow {
  readonly id: string;
  readonly declarationId: string;
  readonly name: string;
  readonly line: number;
  readonly head: string;
  readonly since: Date;
}

const onLine = (kind: 'correction-to-decide' | 'receipt-differs', title: string, rows: readonly LineRow[]) =>
  listed(
    rows.map((row) => ({
      id: `${kind}-${row.id}`,
      kind,
      title,
      detail: `${row.name} 第 ${row.line} 笔 ${row.head}`,
      due: workDue(kind, businessDayOf(row.since)),
      link: `/industry/declarations/${row.declarationId}`,
    })),
  );

const LINE = `d.id::text AS "declarationId", e.name, l.line_number AS line, l.head_name AS head`;

async function correctionsToDecide(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const rows = await sql.query<LineRow>(
    `SELECT c.id::text AS id, ${LINE}, c.made_at AS since
     FROM dividend_correction c JOIN dividend_line l ON l.id = c.line_id JOIN declaration d ON d.id = c.declaration_id
     JOIN entity e ON e.id = d.entity_id WHERE c.state = 'proposed' AND c.made_by_id <> $3
       AND CASE WHEN c.higher_hand THEN $4::boolean ELSE $5::boolean END AND ${ACTS_FOR_ENTITY}`,
    [...scopeParams(caller), caller.id, holds(caller, 'county-leader'), holds(caller, ...CORRECTORS)],
  );
  return onLine('correction-to-decide', '复核分红更正', rows);
}

async function receiptsThatDiffer(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const rows = await sql.query<LineRow>(
    `SELECT l.id::text AS id, ${LINE}, l.confirmed_at AS since
     FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id JOIN entity e ON e.id = d.entity_id
     WHERE l.confirmed_fen <> l.payable_fen AND l.counts AND d.status <> 'closed' AND ${ACTS_FOR_ENTITY}
       AND NOT EXISTS (SELECT 1 FROM dividend_correction c WHERE c.line_id = l.id AND c.state = 'proposed')`,
    scopeParams(caller),
  );
  return onLine('receipt-differs', '农户确认金额不符，需核实', rows);
}

async function accountsToDecide(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const rows = await sql.query<{
    id: string;
    contractId: string;
    name: string;
    number: string;
    head: string;
    since: Date;
  }>(
    `SELECT a.id::text AS id, a.contract_id::text AS "contractId", e.name, m.household_number AS number,
       m.head_name AS head, a.requested_at AS since
     FROM account_change a JOIN contract c ON c.id = a.contract_id JOIN entity e ON e.id = c.entity_id
     JOIN contract_household m ON m.contract_id = a.contract_id AND m.household_id = a.household_id
     WHERE a.state = 'proposed' AND a.requested_by_id <> $3 AND ${ACTS_FOR_ENTITY}`,
    [...scopeParams(caller), caller.id],
  );
  return listed(
    rows.map(({ id, contractId, name, number, head, since }) => ({
      id: `account-${id}`,
      kind: 'account-change-to-decide' as const,
      title: '复核收款账号变更',
      detail: `${name} ${number} ${head}`,
      due: workDue('account-change-to-decide', businessDayOf(since)),
      link: `/industry/contracts/${contractId}`,
    })),
  );
}

async function nilYearsToDecide(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const nils = await nilRows(typedOver(sql))
    .where('z.outcome', 'is', null)
    .where('n.declared_by_id', '<>', caller.id)
    .where((eb) => actsForEntity(eb, caller))
    .execute();
  return listed(
    nils.map(({ id, contractId, entityName, contractNumber, year, declaredAt }) => ({
      id: `nil-year-${id}`,
      kind: 'nil-year-to-decide' as const,
      title: `确认 ${year} 年度无可分配利润`,
      detail: `${entityName} ${contractNumber}`,
      due: workDue('nil-year-to-decide', dayOf(declaredAt)),
      link: `/industry/contracts/${contractId}`,
    })),
  );
}

async function endsToDecide(sql: Sql, caller: Caller): Promise<WaitingKind> {
  const ends = await contractEnds(typedOver(sql))
    .where('x.state', '=', 'proposed')
    .where('x.requested_by_id', '<>', caller.id)
    .where((eb) => actsForEntity(eb, caller))
    .execute();
  return listed(
    ends.map(({ id, contractId, headName, householdNumber, requestedAt }) => ({
      id: `contract-end-${id}`,
      kind: 'contract-end-to-decide' as const,
      title: headName === null ? '复核合同终止' : '复核农户退出',
      detail: headName === null ? '' : `${householdNumber} ${headName}`,
      due: workDue('contract-end-to-decide', dayOf(requestedAt)),
      link: `/industry/contracts/${contractId}`,
    })),
  );
}

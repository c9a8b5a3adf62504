import type { EveryService, WorkItem } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { pgSql, type Sql } from '@bangfu/events/sql';
import { addDays, type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Role } from '@bangfu/domain/shared/roles';
import { type Caller, holds } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import type { Industry } from '../../db/client.ts';
import { ACTS_FOR_ENTITY, scopeParams, SEES_ENTITY } from '../../db/scope.ts';
import { POLICY } from '../contracts/policy.ts';
import { declarationClock } from '@bangfu/domain/industry/declaration';
import {
  DECLARATION_COLUMNS,
  type DeclarationRow,
  FROM_DECLARATION,
  toDomain,
} from '../declarations/declaration.repository.ts';
import { findLate, findYears } from './late.query.ts';

const MOST = 100;

/** The same person with only the grants of some roles: what waits for one role is not what another may see. */
function inRole(caller: Caller, ...roles: readonly Role[]): Caller {
  return { ...caller, usable: caller.usable.filter((grant) => roles.includes(grant.role)) };
}

/** What waits for the caller by his roles: declare, check, post, answer, pay, decide; and what is late. */
export async function listWork(
  service: Industry,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['listWork']>> {
  const sql = pgSql(readsOf(service, caller));
  const items: WorkItem[] = [];
  if (holds(caller, 'entity')) items.push(...(await toDeclare(sql, inRole(caller, 'entity'), now)));
  if (holds(caller, 'township-officer', 'village-officer', 'finance'))
    items.push(...(await toAdvance(sql, caller, now)));
  if (holds(caller, 'township-officer', 'county-office', 'finance')) {
    items.push(...(await toDecide(sql, inRole(caller, 'township-officer', 'county-office', 'finance'))));
  }
  if (holds(caller, 'township-officer', 'county-office')) {
    items.push(...(await accountsToDecide(sql, inRole(caller, 'township-officer', 'county-office'))));
  }
  if (holds(caller, 'township-officer', 'township-leader', 'county-office', 'county-leader')) {
    items.push(
      ...(await lateItems(
        sql,
        inRole(caller, 'township-officer', 'township-leader', 'county-office', 'county-leader'),
        now,
      )),
    );
  }
  items.sort(
    (a, b) =>
      Number(b.overdue) - Number(a.overdue) || (a.due ?? '9').localeCompare(b.due ?? '9') || a.id.localeCompare(b.id),
  );
  return { items: items.slice(0, MOST), total: items.length };
}

async function toDeclare(sql: Sql, caller: Caller, now: Date): Promise<WorkItem[]> {
  const today = businessDayOf(now);
  const years = await findYears(sql, caller, now);
  return years
    .filter((row) => row.status === null || row.status === 'drafted')
    .map((row) => {
      const due = addDays(`${row.year}-12-31` as BusinessDay, POLICY.declareWithinDays);
      return {
        id: `declare-${row.contractId}-${row.year}`,
        kind: 'dividend-to-declare',
        title: `申报 ${row.year} 年度分红`,
        detail: row.entityName,
        due,
        overdue: due < today,
        link: row.declarationId
          ? `/industry/declarations/${row.declarationId}`
          : `/industry/declarations?contract=${row.contractId}`,
      };
    });
}

/** What one stage of a declaration waits for, and from whom. */
function waiting(
  row: DeclarationRow,
  caller: Caller,
  now: Date,
): Omit<WorkItem, 'id' | 'detail' | 'link' | 'overdue'> | null {
  const clock = row.status === 'on-notice' ? toDomain(row).notice : undefined;
  const closable = clock && declarationClock(clock).closableFrom;
  if (row.status === 'submitted' && holds(caller, 'township-officer'))
    return { kind: 'dividend-to-check', title: '审核分红申报', due: null };
  if (row.status === 'checked' && holds(caller, 'township-officer', 'village-officer')) {
    return { kind: 'dividend-to-post', title: '张贴分红公示', due: null };
  }
  if (clock && closable === null && holds(caller, 'township-officer'))
    return { kind: 'objection-to-answer', title: '答复分红公示异议', due: null };
  if (closable && closable <= now && holds(caller, 'township-officer', 'village-officer')) {
    return { kind: 'notice-to-close', title: '公示期满，结束分红公示', due: businessDayOf(closable) };
  }
  if (row.status === 'noticed' && holds(caller, 'finance') && row.noticeClosedAt) {
    return {
      kind: 'dividend-to-pay',
      title: '生成分红发放批次',
      due: addDays(businessDayOf(new Date(row.noticeClosedAt)), POLICY.payWithinDays),
    };
  }
  if (row.status === 'in-payment' && holds(caller, 'finance')) {
    // What keeps it from being closed waits as work of its own.
    if (row.unsettledLines === 0 && row.openCorrections + row.differingLines > 0) return null;
    const title = row.unsettledLines > 0 ? `导入银行回单或重新发放（${row.unsettledLines} 笔未办结）` : '办结分红申报';
    return { kind: 'dividend-to-settle', title, due: null };
  }
  return null;
}

async function toAdvance(sql: Sql, caller: Caller, now: Date): Promise<WorkItem[]> {
  const actors = inRole(caller, 'township-officer', 'village-officer', 'finance');
  const rows = await sql.query<DeclarationRow>(
    `SELECT ${DECLARATION_COLUMNS} ${FROM_DECLARATION}
     WHERE d.status NOT IN ('drafted', 'closed') AND (${ACTS_FOR_ENTITY} OR (d.status IN ('checked', 'on-notice') AND ${SEES_ENTITY}))
     ORDER BY d.id LIMIT 500`,
    scopeParams(actors),
  );
  const today = businessDayOf(now);
  return rows.flatMap((row) => {
    const item = waiting(row, actors, now);
    if (!item) return [];
    return [
      {
        ...item,
        id: `${item.kind}-${row.id}`,
        detail: `${row.entityName} ${row.year} 年度，${row.lines} 户`,
        overdue: item.due !== null && item.due < today,
        link: `/industry/declarations/${row.id}`,
      },
    ];
  });
}

async function toDecide(sql: Sql, caller: Caller): Promise<WorkItem[]> {
  const rows = await sql.query<{
    id: string;
    kind: 'correction' | 'difference';
    declarationId: string;
    name: string;
    line: number;
    head: string;
  }>(
    `SELECT c.id::text AS id, 'correction' AS kind, d.id::text AS "declarationId", e.name, l.line_number AS line, l.head_name AS head
     FROM dividend_correction c JOIN dividend_line l ON l.id = c.line_id JOIN declaration d ON d.id = c.declaration_id
     JOIN entity e ON e.id = d.entity_id WHERE c.state = 'proposed' AND c.made_by_id <> $3 AND ${ACTS_FOR_ENTITY}
     UNION ALL
     SELECT l.id::text, 'difference', d.id::text, e.name, l.line_number, l.head_name
     FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id JOIN entity e ON e.id = d.entity_id
     WHERE l.confirmed_fen <> l.payable_fen AND l.counts AND d.status <> 'closed' AND ${ACTS_FOR_ENTITY} ORDER BY 1 LIMIT 100`,
    [...scopeParams(caller), caller.id],
  );
  return rows.map((row) => ({
    id: `${row.kind}-${row.id}`,
    kind: row.kind === 'correction' ? 'correction-to-decide' : 'receipt-differs',
    title: row.kind === 'correction' ? '复核分红更正' : '农户确认金额不符，需核实',
    detail: `${row.name} 第 ${row.line} 笔 ${row.head}`,
    due: null,
    overdue: false,
    link: `/industry/declarations/${row.declarationId}`,
  }));
}

async function accountsToDecide(sql: Sql, caller: Caller): Promise<WorkItem[]> {
  const rows = await sql.query<{ id: string; contractId: string; name: string; number: string; head: string }>(
    `SELECT a.id::text AS id, a.contract_id::text AS "contractId", e.name, m.household_number AS number, m.head_name AS head
     FROM account_change a JOIN contract c ON c.id = a.contract_id JOIN entity e ON e.id = c.entity_id
     JOIN contract_household m ON m.contract_id = a.contract_id AND m.household_id = a.household_id
     WHERE a.state = 'proposed' AND a.requested_by_id <> $3 AND ${ACTS_FOR_ENTITY} ORDER BY a.id LIMIT 100`,
    [...scopeParams(caller), caller.id],
  );
  return rows.map(({ id, contractId, name, number, head }) => ({
    id: `account-${id}`,
    kind: 'account-change-to-decide',
    title: '复核收款账号变更',
    detail: `${name} ${number} ${head}`,
    due: null,
    overdue: false,
    link: `/industry/contracts/${contractId}`,
  }));
}

async function lateItems(sql: Sql, caller: Caller, now: Date): Promise<WorkItem[]> {
  const today = businessDayOf(now);
  return (await findLate(sql, caller, now)).map((late) => ({
    id: `late-${late.contractId}-${late.year}`,
    kind: late.code === 'DECLARATION_OVERDUE' ? 'declaration-late' : 'payment-late',
    title: late.code === 'DECLARATION_OVERDUE' ? '督促申报分红' : '督促发放分红',
    detail: `${late.entityName} ${late.year} 年度`,
    due: addDays(today, -late.days),
    overdue: true,
    link: late.declarationId ? `/industry/declarations/${late.declarationId}` : '/industry/contracts',
  }));
}

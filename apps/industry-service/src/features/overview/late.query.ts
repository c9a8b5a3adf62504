import { type Declaration, draftDeclaration, lateAlarm } from '@bangfu/domain/industry/declaration';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { scopeParams, SEES_ENTITY } from '../../db/scope.ts';
import { POLICY } from '../contracts/policy.ts';

/** The last years for which a missing declaration is still asked for. */
const YEARS_BACK = 3;

/** A declaration or payment that is late, or a contract whose year nobody declared. */
export interface Late {
  readonly entityName: string;
  readonly contractId: string;
  readonly contractNumber: string;
  readonly declarationId: string | null;
  readonly year: number;
  readonly code: 'DECLARATION_OVERDUE' | 'PAYMENT_OVERDUE';
  readonly days: number;
}

interface YearRow {
  readonly entityName: string;
  readonly entityId: string;
  readonly contractId: string;
  readonly contractNumber: string;
  readonly year: number;
  readonly declarationId: string | null;
  readonly status: Declaration['status'] | null;
  readonly openedAt: Date | null;
  readonly closedAt: Date | null;
}

/** Every ended year of a contract in force that is not closed yet, with its declaration if there is one. */
export async function findYears(sql: Sql, caller: Caller, now: Date): Promise<YearRow[]> {
  const thisYear = Number(businessDayOf(now).slice(0, 4));
  return sql.query<YearRow>(
    `SELECT e.name AS "entityName", e.id::text AS "entityId", c.id::text AS "contractId",
       c.number AS "contractNumber", y.year::int AS year,
       d.id::text AS "declarationId", d.status, d.notice_opened_at AS "openedAt", d.notice_closed_at AS "closedAt"
     FROM contract c JOIN entity e ON e.id = c.entity_id AND e.state = 'active'
     JOIN LATERAL generate_series(greatest($3::int, extract(year FROM c.period_from)::int),
       least($4::int, extract(year FROM c.period_to)::int)) AS y (year) ON true
     LEFT JOIN declaration d ON d.contract_id = c.id AND d.year = y.year AND d.live
     WHERE c.state = 'in-force' AND (d.status IS NULL OR d.status <> 'closed') AND ${SEES_ENTITY}
     ORDER BY e.name, c.number, y.year`,
    [...scopeParams(caller), thisYear - YEARS_BACK, thisYear - 1],
  );
}

/** What is late by the domain's rule, within the caller's scope. */
export async function findLate(sql: Sql, caller: Caller, now: Date): Promise<Late[]> {
  const today = businessDayOf(now);
  return (await findYears(sql, caller, now)).flatMap((row) => {
    const draft = draftDeclaration(row.entityId, `${row.year}-12-31` as BusinessDay, now);
    const declaration: Declaration = {
      ...draft,
      status: row.status ?? 'drafted',
      ...(row.openedAt && {
        notice: {
          openedAt: row.openedAt,
          requiredDays: POLICY.noticeDays,
          objections: [],
          ...(row.closedAt && { closedAt: row.closedAt }),
        },
      }),
    };
    const alarm = lateAlarm(declaration, today, POLICY);
    if (!alarm) return [];
    const { entityName, contractId, contractNumber, declarationId, year } = row;
    return [{ entityName, contractId, contractNumber, declarationId, year, code: alarm.code, days: alarm.params.days }];
  });
}

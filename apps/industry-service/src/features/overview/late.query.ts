import { type Declaration, draftDeclaration, lateAlarm } from '@bangfu/domain/industry/declaration';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type ContractDays, type Days, dividendPeriods, isAnybodyThere } from '@bangfu/domain/industry/dividend-period';
import type { Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { CONTRACT_TO, MEMBER_FROM, MEMBER_TO } from '../../db/contract-days.ts';
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
  readonly periodEnd: BusinessDay;
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

type ContractRow = ContractDays & { readonly spans: Days[] | null } & Pick<
    YearRow,
    'entityName' | 'entityId' | 'contractId' | 'contractNumber'
  >;
type DeclaredRow = Pick<YearRow, 'contractId' | 'declarationId' | 'status' | 'openedAt' | 'closedAt'> & {
  from: string;
};

/** Every ended dividend year of a contract in force that is not closed yet, with its declaration if there is one. */
export async function findYears(sql: Sql, caller: Caller, now: Date): Promise<YearRow[]> {
  const today = businessDayOf(now);
  const since = `${Number(today.slice(0, 4)) - YEARS_BACK}-01-01`;
  const contracts = await sql.query<ContractRow>(
    `SELECT e.name AS "entityName", e.id::text AS "entityId", c.id::text AS "contractId", c.number AS "contractNumber",
       c.period_from::text AS "from", ${CONTRACT_TO}::text AS "to", c.dividend_year AS "dividendYear",
       CASE WHEN NOT EXISTS (SELECT 1 FROM contract_household m WHERE m.contract_id = c.id AND m.joins_on IS NULL
         AND m.leaves_on IS NULL) THEN (SELECT jsonb_agg(DISTINCT jsonb_build_object('from', ${MEMBER_FROM},
         'to', ${MEMBER_TO})) FROM contract_household m WHERE m.contract_id = c.id) END AS spans
     FROM contract c JOIN entity e ON e.id = c.entity_id AND e.state = 'active'
     WHERE c.state = 'in-force' AND ${CONTRACT_TO} >= $3::text::date AND ${SEES_ENTITY} ORDER BY e.name, c.number`,
    [...scopeParams(caller), since],
  );
  const declared = await sql.query<DeclaredRow>(
    `SELECT d.contract_id::text AS "contractId", d.id::text AS "declarationId", d.period_from::text AS "from", d.status,
       d.notice_opened_at AS "openedAt", d.notice_closed_at AS "closedAt"
     FROM declaration d JOIN entity e ON e.id = d.entity_id WHERE d.live AND ${SEES_ENTITY}`,
    scopeParams(caller),
  );
  const byPeriod = new Map(declared.map((row) => [`${row.contractId} ${row.from}`, row]));
  return contracts.flatMap(({ from, to, dividendYear, spans, ...contract }) =>
    dividendPeriods({ from, to, dividendYear })
      .filter((period) => period.to >= since && period.to < today && (spans === null || isAnybodyThere(spans, period)))
      .map((period) => {
        const found = byPeriod.get(`${contract.contractId} ${period.from}`);
        const { declarationId = null, status = null, openedAt = null, closedAt = null } = found ?? {};
        return { ...contract, year: period.year, periodEnd: period.to, declarationId, status, openedAt, closedAt };
      })
      .filter(({ status }) => status !== 'closed'),
  );
}

/** What is late by the domain's rule, within the caller's scope. */
export async function findLate(sql: Sql, caller: Caller, now: Date): Promise<Late[]> {
  const today = businessDayOf(now);
  return (await findYears(sql, caller, now)).flatMap((row) => {
    const draft = draftDeclaration(row.entityId, row.periodEnd, now);
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

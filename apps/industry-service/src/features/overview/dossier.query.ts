import type { Dossier } from '@bangfu/contracts/core/every-service';
import { formatYuan } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Industry } from '../../db/client.ts';
import { MEMBER_FROM, MEMBER_TO } from '../../db/contract-days.ts';
import { payerOf, titleOf } from '../statements/income-words.ts';
import { findIncome, getSubject, toStatement } from '../statements/income-statement/income-statement.query.ts';

interface StakeRow {
  readonly entity: string;
  readonly contract: string;
  readonly stakeFen: number;
  readonly from: string;
  readonly to: string;
  readonly signedOn: string | null;
  readonly tail: string;
}

/** This service's part of a household's dossier: what it holds in entities and what it was paid. @throws Refusal 404 */
export async function getDossier(
  service: Industry,
  caller: Caller,
  householdNumber: string,
  now: Date,
): Promise<Dossier> {
  const sql = pgSql(readsOf(service, caller));
  const subject = await getSubject(sql, caller, householdNumber);
  const stakes = await sql.query<StakeRow>(
    `SELECT e.name AS entity, c.number AS contract, m.stake_fen::float8 AS "stakeFen", ${MEMBER_FROM}::text AS "from",
       ${MEMBER_TO}::text AS "to", c.signed_on::text AS "signedOn", m.account_tail AS tail
     FROM contract_household m JOIN contract c ON c.id = m.contract_id JOIN entity e ON e.id = c.entity_id
     WHERE m.household_id = $1::uuid AND c.state = 'in-force' ORDER BY c.period_from, c.number`,
    [subject.householdId],
  );
  const today = businessDayOf(now);
  const held = stakes.filter(({ from, to }) => from <= today && to >= today);
  const statement = toStatement(subject, await findIncome(sql, subject.householdId, now));
  return {
    sections: [
      {
        key: 'stakes',
        title: '入股合同',
        facts: [
          { label: '现有入股合计', value: `${formatYuan(held.reduce((sum, stake) => sum + stake.stakeFen, 0))} 元` },
        ],
        table: {
          columns: ['经营主体', '合同编号', '股金(元)', '入股期限', '收款账号尾号'],
          rows: stakes.map((s) => [s.entity, s.contract, formatYuan(s.stakeFen), `${s.from} 至 ${s.to}`, s.tail]),
        },
      },
      {
        key: 'dividends',
        title: '分红收益',
        facts: [
          { label: '累计分红', value: `${formatYuan(statement.totalFen)} 元` },
          ...statement.years.map(({ year, amountFen }) => ({
            label: `${year} 年度`,
            value: `${formatYuan(amountFen)} 元`,
          })),
        ],
        table: {
          columns: ['年度', '经营主体', '发放日期', '金额(元)'],
          rows: statement.lines.map((line) => [
            String(line.year),
            payerOf(line),
            line.paidOn,
            formatYuan(line.amountFen),
          ]),
        },
      },
    ],
    timeline: [
      ...stakes.flatMap((s) =>
        s.signedOn
          ? [{ at: s.signedOn, title: '签订入股合同', detail: `${s.entity} ${formatYuan(s.stakeFen)} 元` }]
          : [],
      ),
      ...statement.lines.map((line) => ({
        at: line.paidOn,
        title: titleOf(line),
        detail: `${line.entityName} ${line.year} 年度 ${formatYuan(line.amountFen)} 元`,
      })),
    ],
    link: `/industry/statements/${subject.householdNumber}`,
  };
}

import { everyService } from '@bangfu/contracts/core/every-service';
import { formatYuan } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { memberFrom, memberTo } from '../../../db/contract-days.ts';
import { query } from '../../../operations.ts';
import { members } from '../../contracts/listed-household.ts';
import { payerOf, titleOf } from '../../statements/income-words.ts';
import { findIncome, getSubject, toStatement } from '../../statements/income.repository.ts';

const contract = everyService('industry');

/** This service's part of a household's dossier: what it holds in entities and what it was paid. @throws Refusal 404 */
export const getDossier = query(contract.getDossier, async ({ read, caller, params, now }) => {
  const subject = await getSubject(read, caller, params.householdNumber);
  const stakes = await members(read)
    .where('m.household_id', '=', subject.householdId)
    .where('c.state', '=', 'in-force')
    .orderBy('c.period_from')
    .orderBy('c.number')
    .select(['e.name as entity', 'c.number as contract', 'm.stake_fen as stakeFen', 'c.signed_on as signedOn'])
    .select((eb) => [memberFrom(eb).as('from'), memberTo(eb).as('to'), 'm.account_tail as tail'])
    .execute();
  const today = businessDayOf(now);
  const held = stakes.filter(({ from, to }) => from <= today && to >= today);
  const statement = toStatement(subject, await findIncome(read, subject.householdId, now));
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
});

import type { QueryOf } from '@bangfu/contracts/core/operation';
import { LINE_STATES, type listDividendLines } from '@bangfu/contracts/industry/declarations';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { beginsName, beginsNumber } from '@bangfu/platform/search/name-search';
import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../operations.ts';
import { householdVisible, villageNow } from './scope.ts';

type OfLine = ExpressionBuilder<Tables & { l: Tables['dividend_line'] }, 'l'>;
type OfEntityLine = ExpressionBuilder<Tables & { l: Tables['dividend_line']; e: Tables['entity'] }, 'l' | 'e'>;

/** Lines `l` with their declaration `d` and its entity `e`, as the contract shows them. */
export const shownLines = (read: ReadSql<Tables>) =>
  read
    .selectFrom('dividend_line as l')
    .innerJoin('declaration as d', 'd.id', 'l.declaration_id')
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .select(['l.id', 'l.line_number as lineNumber', 'l.household_id as householdId'])
    .select(['l.household_number as householdNumber', 'l.head_name as headName', 'l.village_code as villageCode'])
    .select(['l.village_name as villageName', 'l.base_fen as baseFen', 'l.second_fen as secondFen'])
    .select(['l.amount_fen as amountFen', 'l.payable_fen as payableFen', 'l.state', 'l.account_tail as accountTail'])
    .select(['l.paid_on as paidOn', 'l.confirmed_fen as confirmedFen', 'l.rejection', 'l.replaces'])
    .select(['l.replaced_by as replacedBy', 'l.recoverable_fen as recoverableFen']);

/** What lines are sorted by wherever they are listed. */
export const LINE_ORDER = orderOf<QueryOf<typeof listDividendLines>>()(shownLines, (by) => ({
  columns: {
    lineNumber: by.number('l.line_number'),
    householdNumber: by.text('l.household_number'),
    headName: by.person('l.head_name'),
    villageName: by.text('l.village_code'),
    baseFen: by.number('l.base_fen'),
    secondFen: by.number('l.second_fen'),
    amountFen: by.number('l.amount_fen'),
    payableFen: by.number('l.payable_fen'),
    state: by.stage('l.state', LINE_STATES),
    paidOn: { ...by.day('l.paid_on'), nullable: true },
    confirmedFen: { ...by.number('l.confirmed_fen'), nullable: true },
    recoverableFen: { ...by.number('l.recoverable_fen'), nullable: true },
  },
  own: [by.number('l.line_number')],
}));

/** Whether `dividend_line l` of `entity e` may be seen: an entity sees all of its own, others those of their region. */
export const lineVisible = (eb: OfEntityLine, caller: Caller) =>
  householdVisible(eb, caller, villageNow(eb.ref('l.household_id'), eb.ref('l.village_code')));

/** Whether the number of the household of `dividend_line l` or its head's name begins as a `searchPattern` says. */
export const lineNamed = (eb: OfLine, pattern: string) =>
  eb.or([beginsNumber(eb.ref('l.household_number'), pattern), beginsName(eb.ref('l.head_name'), pattern)]);

import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/households';
import { orderKeys, orderSql } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { COLUMN_KEYS, type ColumnKey, COLUMNS } from '@bangfu/domain/identification/roster/columns';
import {
  CAUSE,
  type Dictionary,
  EDUCATION,
  HEALTH,
  HOUSEHOLD_CATEGORY,
  LABOUR,
  POVERTY_STATUS,
  RELATION,
  SCHOOL_STAGE,
  WORK_STATUS,
} from '@bangfu/domain/identification/roster/dictionaries';
import { maskIdNumber, maskPhone } from '@bangfu/domain/shared/id-number';
import { maskName } from '@bangfu/domain/shared/person-name';
import { noteLook } from '@bangfu/platform/audit/note-look';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { sendRows } from '@bangfu/platform/spreadsheet/send-rows';
import type { ExportColumn, ExportValue } from '@bangfu/platform/spreadsheet/write';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';
import { download, type Tables } from '../../../operations.ts';
import { registerAsOf } from '../../../register/as-of.ts';
import { HOUSEHOLD_FACT_COLUMNS, PERSON_FACT_COLUMNS } from '../../../register/fact-columns.ts';
import { isAskedFor } from '../household-filter.ts';
import { HOUSEHOLD_ORDER } from '../list-households/list-households.ts';

type Asked = QueryOf<typeof contract.exportHouseholds>;

/** The facts of later editions, with the column of each, in the order of the export. */
const laterOf = <Column extends string>(
  facts: readonly { readonly column: Column; readonly from: readonly ColumnKey[] }[],
) => facts.filter(({ from: [first] }) => first && COLUMNS[first].later);
const LATER_OF_HOUSEHOLD = laterOf(HOUSEHOLD_FACT_COLUMNS);
const LATER_OF_PERSON = laterOf(PERSON_FACT_COLUMNS);
const LATER = [...LATER_OF_HOUSEHOLD, ...LATER_OF_PERSON]
  .flatMap(({ column, from }) => from.map((key, index) => ({ key, column, index: from.length > 1 ? index : null })))
  .toSorted((a, b) => COLUMN_KEYS.indexOf(a.key) - COLUMN_KEYS.indexOf(b.key));

/** A row a person, with the household's own values on each. */
const exportedRows = (read: ReadSql<Tables>, caller: Caller, asked: Asked, cipher: Cipher) =>
  registerAsOf(read, caller.countyCode, asked)
    .selectFrom('household as h')
    .innerJoin('person as p', 'p.household_id', 'h.id')
    .innerJoin('region as v', 'v.id', 'h.village_id')
    .innerJoin('region as t', 't.code', 'v.parent_code')
    .innerJoin('region as c', 'c.code', 'h.county_code')
    .where((eb) => isAskedFor(eb, asked, caller, cipher))
    .orderBy(orderSql(orderKeys(HOUSEHOLD_ORDER, asked.sort, readsMasked(caller))))
    .orderBy((eb) => eb('p.relation', '=', 'head'), 'desc')
    .orderBy('p.row_order')
    .select(['c.name as county', 't.name as township', 'v.name as village', 'h.natural_village', 'h.number'])
    .select(['h.member_count', 'h.status', 'h.category', 'h.main_cause', 'h.dangerous_house', 'h.safe_water'])
    .select(['h.water_difficulty', 'h.per_capita_income_fen', 'p.id as person_id', 'p.person_number', 'p.name'])
    .select(['p.id_sealed', 'p.phone_sealed', 'p.relation', 'p.ethnicity', 'p.education', 'p.school', 'p.health'])
    .select(['p.labour', 'p.work_area', 'p.work_months', 'p.critical_insurance'])
    .select(LATER_OF_HOUSEHOLD.map(({ column }) => `h.${column}` as const))
    .select(LATER_OF_PERSON.map(({ column }) => `p.${column}` as const));
type ExportRow = Awaited<ReturnType<ReturnType<typeof exportedRows>['execute']>>[number];

const label = (dictionary: Pick<Dictionary<string>, 'labelOf'>, code: string | null) => dictionary.labelOf(code);
const yesNo = (value: boolean | null) => (value === null ? null : value ? '是' : '否');
const REGISTER_STATUS = { none: null, registered: 'poor', exited: 'exited', returned: 'returned' } as const;

type Cell = readonly [string, ExportColumn['kind'], (row: ExportRow, cipher: Cipher) => ExportValue];

/** A cell of a later edition's column, by the kind of its fact. */
function laterCell({ key, column, index }: (typeof LATER)[number]): Cell {
  const { header, kind, dictionary } = COLUMNS[key];
  const valueOf = (row: ExportRow) => {
    const value = row[column];
    return Array.isArray(value) ? (value[index ?? 0] ?? null) : value;
  };
  if (kind === 'yuan') return [header, 'money', (row) => valueOf(row) as number | null];
  if (kind === 'number') return [header, 'number', (row) => valueOf(row) as number | null];
  if (kind === 'yesNo') return [header, 'text', (row) => yesNo(valueOf(row) as boolean | null)];
  // A word that the dictionary does not know was kept as it was written.
  return [header, 'text', (row) => label(dictionary ?? PLAIN, valueOf(row) as string | null)];
}
const PLAIN: Pick<Dictionary<string>, 'labelOf'> = { labelOf: (text) => text };

/** The national layout with its later editions: header, kind of cell, and how the value is made from a row. */
const LAYOUT: readonly Cell[] = [
  [COLUMNS.county.header, 'text', (r) => r.county],
  [COLUMNS.township.header, 'text', (r) => r.township],
  [COLUMNS.village.header, 'text', (r) => r.village],
  [COLUMNS.group.header, 'text', (r) => r.natural_village],
  [COLUMNS.householdNumber.header, 'text', (r) => r.number],
  [COLUMNS.personNumber.header, 'text', (r) => r.person_number],
  [COLUMNS.name.header, 'text', (r) => r.name],
  [COLUMNS.idNumber.header, 'text', (r, cipher) => maskIdNumber(cipher.open(PERSON_ID, r.person_id, r.id_sealed))],
  [COLUMNS.memberCount.header, 'number', (r) => r.member_count],
  [COLUMNS.relation.header, 'text', (r) => label(RELATION, r.relation)],
  [COLUMNS.ethnicity.header, 'text', (r) => r.ethnicity],
  [COLUMNS.education.header, 'text', (r) => label(EDUCATION, r.education)],
  [COLUMNS.schoolStage.header, 'text', (r) => label(SCHOOL_STAGE, r.school)],
  [COLUMNS.health.header, 'text', (r) => r.health.map((code) => label(HEALTH, code)).join('、')],
  [COLUMNS.labour.header, 'text', (r) => label(LABOUR, r.labour)],
  [COLUMNS.workStatus.header, 'text', (r) => label(WORK_STATUS, r.work_area)],
  [COLUMNS.workMonths.header, 'number', (r) => r.work_months],
  [COLUMNS.criticalIllnessInsurance.header, 'text', (r) => yesNo(r.critical_insurance)],
  [COLUMNS.status.header, 'text', (r) => label(POVERTY_STATUS, REGISTER_STATUS[r.status])],
  [COLUMNS.category.header, 'text', (r) => label(HOUSEHOLD_CATEGORY, r.category)],
  [COLUMNS.mainCause.header, 'text', (r) => label(CAUSE, r.main_cause)],
  [COLUMNS.dangerousHouse.header, 'text', (r) => yesNo(r.dangerous_house)],
  [COLUMNS.safeWater.header, 'text', (r) => yesNo(r.safe_water)],
  [COLUMNS.waterDifficulty.header, 'text', (r) => yesNo(r.water_difficulty)],
  [COLUMNS.perCapitaIncome.header, 'money', (r) => r.per_capita_income_fen],
  [
    COLUMNS.phone.header,
    'text',
    (r, cipher) => (r.phone_sealed ? maskPhone(cipher.open(PERSON_PHONE, r.person_id, r.phone_sealed)) : null),
  ],
  ...LATER.map(laterCell),
];

/** What was searched for, as the audit log may keep it: its readers see no villager's name. */
const maskSearch = (text: string) => (/^[\dX]+$/i.test(text.trim()) ? text : maskName(text.trim()));

/** Streams what is filtered and permitted in the national layout, a row a person, sensitive values masked. */
export const exportHouseholds = download(contract.exportHouseholds, async (call) => {
  const { caller, query: asked, response, kit } = call;
  const change = { ...asked, search: asked.search && maskSearch(asked.search) };
  await noteLook(call, contract.exportHouseholds, { recordType: 'household-list', recordId: 'export', change });
  const columns = LAYOUT.map(([header, kind]): ExportColumn => ({ header, kind }));
  const isMasked = readsMasked(caller);
  await sendRows(
    kit.filePool,
    response,
    { name: '农户名册', format: asked.format, sheetName: '农户名册', columns },
    exportedRows(call.read, caller, asked, kit.cipher).compile(),
    (row) => {
      const shown = isMasked ? { ...row, name: maskName(row.name) } : row;
      return LAYOUT.map(([, , value]) => value(shown, kit.cipher));
    },
  );
});

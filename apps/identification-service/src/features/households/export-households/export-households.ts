import { exportHouseholds as operation } from '@bangfu/contracts/identification/households';
import type { QueryOf } from '@bangfu/contracts/core/operation';
import { COLUMNS } from '@bangfu/domain/identification/roster/columns';
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
import { pgSql } from '@bangfu/data/sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { keysOf, orderBy, seenBy } from '@bangfu/data/list-order';
import { inTransaction } from '@bangfu/data/pool';
import { sendRows } from '@bangfu/platform/spreadsheet/send-rows';
import type { ExportColumn, ExportValue } from '@bangfu/platform/spreadsheet/write';
import type { Response } from 'express';
import type { Identification } from '../../../db/client.ts';
import { HOUSEHOLD_ORDER } from '../list-households/list-households.query.ts';
import { householdWhere } from '../household-filter.ts';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';

interface ExportRow {
  readonly [column: string]: unknown;
  readonly person_id: string;
  readonly id_sealed: Buffer;
  readonly phone_sealed: Buffer | null;
}

const label = (dictionary: Pick<Dictionary<string>, 'labelOf'>) => (code: unknown) =>
  dictionary.labelOf((code as string | null | undefined) ?? null);
const yesNo = (value: unknown) => (value === null ? null : value ? '是' : '否');
const plain = (value: unknown) => value as ExportValue;
const REGISTER_STATUS = { none: null, registered: 'poor', exited: 'exited', returned: 'returned' } as const;

/** The national layout: header, kind of cell, and how the value is made from a row. */
const LAYOUT: readonly (readonly [
  string,
  ExportColumn['kind'],
  (row: ExportRow, service: Identification) => ExportValue,
])[] = [
  [COLUMNS.county.header, 'text', (r) => plain(r['county_name'])],
  [COLUMNS.township.header, 'text', (r) => plain(r['township_name'])],
  [COLUMNS.village.header, 'text', (r) => plain(r['village_name'])],
  [COLUMNS.group.header, 'text', (r) => plain(r['natural_village'])],
  [COLUMNS.householdNumber.header, 'text', (r) => plain(r['number'])],
  [COLUMNS.personNumber.header, 'text', (r) => plain(r['person_number'])],
  [COLUMNS.name.header, 'text', (r) => plain(r['name'])],
  [COLUMNS.idNumber.header, 'text', (r, s) => maskIdNumber(s.cipher.open(PERSON_ID, r.person_id, r.id_sealed))],
  [COLUMNS.memberCount.header, 'number', (r) => plain(r['member_count'])],
  [COLUMNS.relation.header, 'text', (r) => label(RELATION)(r['relation'])],
  [COLUMNS.ethnicity.header, 'text', (r) => plain(r['ethnicity'])],
  [COLUMNS.education.header, 'text', (r) => label(EDUCATION)(r['education'])],
  [COLUMNS.schoolStage.header, 'text', (r) => label(SCHOOL_STAGE)(r['school'])],
  [COLUMNS.health.header, 'text', (r) => (r['health'] as string[]).map(label(HEALTH)).join('、')],
  [COLUMNS.labour.header, 'text', (r) => label(LABOUR)(r['labour'])],
  [COLUMNS.workStatus.header, 'text', (r) => label(WORK_STATUS)(r['work_area'])],
  [COLUMNS.workMonths.header, 'number', (r) => plain(r['work_months'])],
  [COLUMNS.criticalIllnessInsurance.header, 'text', (r) => yesNo(r['critical_insurance'])],
  [COLUMNS.povertyStatus.header, 'text', (r) => label(POVERTY_STATUS)(REGISTER_STATUS[r['status'] as 'none'])],
  [COLUMNS.householdCategory.header, 'text', (r) => label(HOUSEHOLD_CATEGORY)(r['category'])],
  [COLUMNS.mainCause.header, 'text', (r) => label(CAUSE)(r['main_cause'])],
  [COLUMNS.dangerousHouse.header, 'text', (r) => yesNo(r['dangerous_house'])],
  [COLUMNS.safeWater.header, 'text', (r) => yesNo(r['safe_water'])],
  [COLUMNS.waterDifficulty.header, 'text', (r) => yesNo(r['water_difficulty'])],
  [COLUMNS.perCapitaIncome.header, 'money', (r) => plain(r['per_capita_income_fen'])],
  [
    COLUMNS.phone.header,
    'text',
    (r, s) => (r.phone_sealed ? maskPhone(s.cipher.open(PERSON_PHONE, r.person_id, r.phone_sealed)) : null),
  ],
];

/** What was searched for, as the audit log may keep it: its readers see no villager's name. */
const maskSearch = (text: string) => (/^[\dX]+$/i.test(text.trim()) ? text : maskName(text.trim()));

/** Streams what is filtered and permitted in the national layout, a row a person, sensitive values masked. */
export async function exportHouseholds(
  service: Identification,
  caller: Caller,
  query: QueryOf<typeof operation>,
  response: Response,
  now: Date,
): Promise<void> {
  const where = householdWhere(query, caller, service.cipher);
  const columns = LAYOUT.map(([header, kind]): ExportColumn => ({ header, kind }));
  await inTransaction(service.pool, async (client) => {
    await writeAudit(
      pgSql(client),
      caller,
      [
        {
          id: service.newId(now),
          action: operation.audit ?? '',
          recordType: 'household-list',
          recordId: 'export',
          change: { ...query, search: query.search && maskSearch(query.search) },
        },
      ],
      now,
    );
  });
  const masked = readsMasked(caller);
  const order = orderBy(seenBy(keysOf(HOUSEHOLD_ORDER, query.sort), masked));
  await sendRows<ExportRow>(
    service.filePool,
    response,
    { name: '农户名册', format: query.format, sheetName: '农户名册', columns },
    {
      sql: `SELECT c.name AS county_name, t.name AS township_name, v.name AS village_name, h.*, p.*, h.number,
              p.id AS person_id
            FROM household h JOIN person p ON p.household_id = h.id JOIN region v ON v.id = h.village_id
            JOIN region t ON t.code = v.parent_code JOIN region c ON c.code = h.county_code
            WHERE ${where.sql} ORDER BY ${order}, (p.relation = 'head') DESC, p.row_order`,
      params: where.params,
    },
    (row) => {
      const shown = masked ? { ...row, name: maskName(String(row['name'])) } : row;
      return LAYOUT.map(([, , value]) => value(shown, service));
    },
  );
}

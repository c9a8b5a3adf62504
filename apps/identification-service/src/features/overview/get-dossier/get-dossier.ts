import { everyService } from '@bangfu/contracts/core/every-service';
import { CAUSE, HOUSEHOLD_CATEGORY, RELATION } from '@bangfu/domain/identification/roster/dictionaries';
import { formatYuan } from '@bangfu/domain/shared/money';
import { maskPersons } from '@bangfu/domain/shared/person-name';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { readsMasked } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { readHousehold } from '../../households/get-household/get-household.ts';

const contract = everyService('identification');

const STATUS = { none: '一般农户', registered: '贫困户', exited: '脱贫户', returned: '返贫户' } as const;
const label = <Code extends string>(dictionary: { label(code: Code): string }, code: string | null) =>
  code === null ? '—' : dictionary.label(code as Code);

/** Identification's part of the dossier: who, where, why poor. @throws Refusal 404 */
export const getDossier = query(contract.getDossier, async (call) => {
  const { read, caller, params } = call;
  const found = await read
    .selectFrom('household')
    .where('county_code', '=', caller.countyCode)
    .where('number', '=', params.householdNumber)
    .select('id')
    .executeTakeFirst();
  if (!found) throw notFound();
  const known = await readHousehold(call, found.id);
  // The dossier is written in sentences, where a name is no longer a field.
  const household = readsMasked(caller) ? maskPersons(known) : known;
  const income = household.perCapitaIncomeFen;
  return {
    sections: [
      {
        key: 'household',
        title: '家庭基本情况',
        facts: [
          { label: '户编号', value: household.number },
          { label: '户主', value: household.headName },
          {
            label: '住址',
            value: `${household.townshipName}${household.villageName}${household.naturalVillage ?? ''}`,
          },
          { label: '家庭人口', value: `${household.memberCount} 人` },
          { label: '户状态', value: STATUS[household.status] },
          { label: '户属性', value: label(HOUSEHOLD_CATEGORY, household.category) },
          { label: '主要致贫原因', value: label(CAUSE, household.mainCause) },
          { label: '人均纯收入', value: income === null ? '—' : `${formatYuan(income)} 元` },
        ],
        table: {
          columns: ['姓名', '与户主关系', '性别', '出生日期', '证件号码'],
          rows: household.members.map((member) => [
            member.name,
            label(RELATION, member.relation),
            member.sex === 'male' ? '男' : '女',
            member.birthDate,
            member.idNumberMasked,
          ]),
        },
      },
      ...(household.incomeEvidence.length === 0
        ? []
        : [
            {
              key: 'income',
              title: '收入凭证',
              facts: [],
              table: {
                columns: ['年度', '来源', '金额（元）', '日期'],
                rows: household.incomeEvidence.map((row) => [
                  String(row.year),
                  row.payer,
                  formatYuan(row.amountFen),
                  row.evidencedOn,
                ]),
              },
            },
          ]),
    ],
    timeline: household.timeline.map(({ at, title, detail }) => ({ at: businessDayOf(new Date(at)), title, detail })),
    link: `/identification/households/${household.id}`,
  };
});

import { WORK_KINDS, type WorkKind } from '@bangfu/contracts/core/work';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { StepId } from '@bangfu/domain/identification/case/steps';
import type { Caller } from '@bangfu/platform/auth/caller';
import { MOST_OF_A_KIND, type WaitingKind } from '@bangfu/platform/work';
import { sql } from 'kysely';
import type { Tables } from '../../../operations.ts';
import { placeNameOf } from '../../place-name.ts';
import { word } from '../case-words.ts';
import { hasSteps, waitsFor } from './waiting-steps.ts';

const kindOf = (step: StepId): WorkKind | null => (`case-${step}` in WORK_KINDS ? (`case-${step}` as WorkKind) : null);

/** What waits for the caller in cases, a village and step at a time, the earliest deadline first. */
export async function findWaitingCases(read: ReadSql<Tables>, caller: Caller, now: Date): Promise<WaitingKind> {
  if (!hasSteps(caller, now)) return { items: [], total: 0 };
  const rows = await read
    .selectFrom('case_file as c')
    .innerJoin('household as h', 'h.id', 'c.household_id')
    .innerJoin('region as v', 'v.code', 'c.village_code')
    .innerJoin('region as t', 't.code', 'v.parent_code')
    .where((eb) => waitsFor(eb, caller, now))
    .groupBy(['c.step', 'c.village_code', 'v.name', 't.name'])
    .select(['c.step', 'c.village_code as villageCode', 't.name as townshipName'])
    .select(({ fn, ref }) => [
      placeNameOf(ref('v.name')).as('villageName'),
      fn.countAll<number>().as('cases'),
      fn
        .countAll<number>()
        .filterWhere('c.notice_id', 'is not', null)
        .filterWhere('c.notice_closable_from', 'is', null)
        .as('objected'),
      sql<string>`min(${ref('c.id')}::text)`.as('caseId'),
      fn.min('h.head_name').as('headName'),
      sql<string>`min(${ref('c.due')})`.as('due'),
      // Of all groups, listed or not.
      sql<number>`count(*) over ()`.as('groups'),
    ])
    .orderBy('due')
    .orderBy('caseId')
    .limit(MOST_OF_A_KIND)
    .execute();
  const items = rows.flatMap((group) => {
    const { step, villageCode, villageName, townshipName, cases, objected, caseId, headName, due } = group;
    const kind = step && kindOf(step);
    if (!kind) return [];
    const one = cases === 1;
    return [
      {
        id: `${step}-${villageCode}`,
        kind,
        title: `${one ? headName : `${villageName} ${cases} 户`}：${word(step, 'zh')}`,
        detail: `${townshipName}${villageName}${objected > 0 ? `，${objected} 户有异议待答复` : ''}`,
        due,
        link: one
          ? `/identification/cases/${caseId}`
          : `/identification/cases?waiting=true&step=${step}&region=${villageCode}`,
      },
    ];
  });
  return { items, total: rows[0]?.groups ?? 0 };
}

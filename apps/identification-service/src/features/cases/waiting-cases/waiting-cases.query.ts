import { WORK_KINDS, type WorkKind } from '@bangfu/contracts/core/work';
import type { StepId } from '@bangfu/domain/identification/case/steps';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { MOST_OF_A_KIND, type WaitingKind } from '@bangfu/platform/work';
import type { Identification } from '../../../db/client.ts';
import { word } from '../case-words.ts';
import { waitingSteps, waitsFor } from './waiting-steps.ts';
import { PLACE_NAME } from '../../place-name.ts';

interface Group {
  readonly step: StepId;
  readonly villageCode: string;
  readonly villageName: string;
  readonly townshipName: string;
  readonly cases: number;
  readonly objected: number;
  readonly caseId: string;
  readonly headName: string;
  readonly due: BusinessDay;
  /** Of all groups, listed or not. */
  readonly groups: number;
}

const kindOf = (step: StepId): WorkKind | null => (`case-${step}` in WORK_KINDS ? (`case-${step}` as WorkKind) : null);

/** What waits for the caller in cases, a village and step at a time, the earliest deadline first. */
export async function findWaitingCases(service: Identification, caller: Caller, now: Date): Promise<WaitingKind> {
  const { patterns, steps, duties } = waitingSteps(caller, now);
  if (steps.length === 0) return { items: [], total: 0 };
  const { rows } = await readsOf(service, caller).query<Group>(
    `SELECT c.step, c.village_code AS "villageCode", ${PLACE_NAME} AS "villageName", t.name AS "townshipName", count(*) AS cases,
       count(*) FILTER (WHERE c.notice_id IS NOT NULL AND c.notice_closable_from IS NULL) AS objected,
       min(c.id::text) AS "caseId", min(h.head_name) AS "headName", to_char(min(c.due), 'YYYY-MM-DD') AS due,
       count(*) OVER () AS groups
     FROM case_file c JOIN household h ON h.id = c.household_id JOIN region v ON v.code = c.village_code
       JOIN region t ON t.code = v.parent_code
     WHERE ${waitsFor(caller, 1)} GROUP BY c.step, c.village_code, v.name, t.name
     ORDER BY min(c.due), min(c.id::text) LIMIT ${MOST_OF_A_KIND}`,
    [patterns, steps, duties, caller.id, now.toISOString()],
  );
  const items = rows.flatMap((group) => {
    const { step, villageCode, villageName, townshipName, cases, objected, caseId, headName, due } = group;
    const kind = kindOf(step);
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

import type { CaseRow } from '@bangfu/contracts/identification/cases';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { missingFor } from '@bangfu/domain/identification/case/missing';
import type { Tables } from '../../operations.ts';
import { placeNameOf } from '../place-name.ts';
import type { CasePolicyOn } from './case-policy.ts';

/** Cases `c` of households `h` in villages `v` of townships `t`; their states are without histories. */
export const placedCases = (read: ReadSql<Tables>) =>
  read
    .selectFrom('case_file as c')
    .innerJoin('household as h', 'h.id', 'c.household_id')
    .innerJoin('region as v', 'v.id', 'h.village_id')
    .innerJoin('region as t', 't.code', 'v.parent_code')
    .select(['c.id', 'c.household_id as householdId', 'h.number as householdNumber', 'h.head_name as headName'])
    .select((eb) => ['t.name as townshipName', placeNameOf(eb.ref('v.name')).as('villageName')])
    .select(['c.village_code as villageCode', 'c.opened_on as openedOn', 'c.notice_id as noticeId'])
    .select(['c.notice_closable_from as closableFrom', 'c.version', 'c.state']);
type CaseData = Awaited<ReturnType<ReturnType<typeof placedCases>['execute']>>[number];

/** A case as a list shows it at an instant. */
export function shownCase({ state, closableFrom, ...row }: CaseData, now: Date, policyOn: CasePolicyOn): CaseRow {
  const missing = missingFor({ ...state, enteredBy: [], history: [] }, now, policyOn);
  return {
    ...row,
    kind: state.kind,
    status: state.status,
    step: state.pending[0] ?? null,
    need: missing && { code: missing.need, params: { ...missing.params } },
    deadline: missing?.deadline ?? null,
    overdueDays: missing?.overdueDays ?? 0,
    closableFrom: closableFrom?.toISOString() ?? null,
    openObjections: state.notice?.openObjections.length ?? 0,
  };
}

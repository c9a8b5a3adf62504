import type { CaseRow } from '@bangfu/contracts/identification/cases';
import { missingFor } from '@bangfu/domain/identification/case/missing';
import type { StoredState } from '../case.repository.ts';
import { casePolicyOn } from '../case-policy.ts';
import { PLACE_NAME } from '../../place-name.ts';

/** A case as its query gives it; the state comes without its history, which a list does not need. */
export interface CaseData
  extends Omit<
    CaseRow,
    'need' | 'deadline' | 'overdueDays' | 'closableFrom' | 'openObjections' | 'kind' | 'status' | 'step'
  > {
  readonly closableFrom: Date | null;
  readonly state: StoredState;
}

/** The columns of a case `c` of a household `h` in a village `v` of a township `t`. */
export const CASE_COLUMNS = `c.id, c.household_id AS "householdId", h.number AS "householdNumber", h.head_name AS "headName",
  t.name AS "townshipName", ${PLACE_NAME} AS "villageName", c.village_code AS "villageCode",
  to_char(c.opened_on, 'YYYY-MM-DD') AS "openedOn", c.notice_id AS "noticeId", c.notice_closable_from AS "closableFrom",
  c.version, c.state`;

export const CASE_JOINS = `JOIN household h ON h.id = c.household_id JOIN region v ON v.id = h.village_id
  JOIN region t ON t.code = v.parent_code`;

/** A case as a list shows it at an instant. */
export function shownCase({ state, closableFrom, ...row }: CaseData, now: Date): CaseRow {
  const missing = missingFor({ ...state, enteredBy: [], history: [] }, now, casePolicyOn);
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

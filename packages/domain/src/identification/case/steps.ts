import type { Role } from '../../shared/roles.ts';
import type { CaseKind } from '../policy/policy.ts';

/** What a step consists of; it decides which command completes it. */
export type Act =
  | 'opening'
  | 'survey'
  | 'application'
  | 'appraisal'
  | 'notice'
  | 'verification'
  | 'pre-exit'
  | 'help'
  | 'acceptance'
  | 'township-approval'
  | 'county-approval'
  | 'announcement';

export type StepId =
  | 'mobilise'
  | 'clue'
  | 'pre-selection'
  | 'survey'
  | 'application'
  | 'appraisal'
  | 'village-notice'
  | 'verification'
  | 'county-pre-exit'
  | 'intensified-help'
  | 'acceptance'
  | 'township-notice'
  | 'township-approval'
  | 'county-approval'
  | 'announcement'
  | 'certificate';

/** Whose hand a step is, for the separation of duties (roles.md): one account holds one of them in a case. */
export type Duty = 'enter' | 'review' | 'approve';
export type Level = 'village' | 'township' | 'county';

export interface Step {
  readonly id: StepId;
  readonly act: Act;
  readonly level: Level;
  readonly roles: readonly Role[];
  readonly duty: Duty;
  /** The number of the official step (八步工作法, nine steps of the exit) it belongs to. */
  readonly official: number;
}

const ENTERING: readonly Role[] = ['village-officer', 'township-officer'];
const step = (id: StepId, act: Act, level: Level, roles: readonly Role[], duty: Duty) => ({
  id,
  act,
  level,
  roles,
  duty,
});

const STEPS = {
  mobilise: step('mobilise', 'opening', 'village', ENTERING, 'enter'),
  clue: step('clue', 'opening', 'village', ENTERING, 'enter'),
  preSelection: step('pre-selection', 'opening', 'village', ENTERING, 'enter'),
  survey: step('survey', 'survey', 'village', ENTERING, 'enter'),
  application: step('application', 'application', 'village', ENTERING, 'enter'),
  appraisal: step('appraisal', 'appraisal', 'village', ENTERING, 'enter'),
  villageNotice: step('village-notice', 'notice', 'village', ENTERING, 'enter'),
  verification: step('verification', 'verification', 'village', ENTERING, 'enter'),
  preExit: step('county-pre-exit', 'pre-exit', 'county', ['county-office', 'county-leader'], 'approve'),
  help: step('intensified-help', 'help', 'village', ENTERING, 'enter'),
  acceptance: step('acceptance', 'acceptance', 'village', ENTERING, 'enter'),
  townshipNotice: step('township-notice', 'notice', 'township', ['township-officer'], 'enter'),
  townshipApproval: step('township-approval', 'township-approval', 'township', ['township-leader'], 'review'),
  countyApproval: step('county-approval', 'county-approval', 'county', ['county-leader'], 'approve'),
  announcement: step('announcement', 'announcement', 'county', ['county-leader'], 'approve'),
  certificate: step('certificate', 'announcement', 'county', ['county-leader'], 'approve'),
} as const;

type Row = readonly [official: number, step: Omit<Step, 'official'>];
const table = (rows: readonly Row[]): readonly Step[] => rows.map(([official, s]) => ({ ...s, official }));

/** The eight steps of registration (domain §4). A return is registered again through the same procedure (domain §5). */
const REGISTRATION = table([
  [1, STEPS.mobilise],
  [2, STEPS.survey],
  [3, STEPS.application],
  [4, STEPS.appraisal],
  [5, STEPS.villageNotice],
  [6, STEPS.verification],
  [7, STEPS.townshipNotice],
  [7, STEPS.townshipApproval],
  [7, STEPS.countyApproval],
  [8, STEPS.announcement],
]);

/** The steps of each procedure in their order. The first is completed by opening the case. */
export const PROCEDURES: Readonly<Record<CaseKind, readonly Step[]>> = {
  registration: REGISTRATION,
  return: REGISTRATION,
  exit: table([
    [1, STEPS.preSelection],
    [2, STEPS.appraisal],
    [3, STEPS.preExit],
    [4, STEPS.help],
    [5, STEPS.verification],
    [6, STEPS.acceptance],
    [7, STEPS.villageNotice],
    [8, STEPS.townshipApproval],
    [8, STEPS.countyApproval],
    [9, STEPS.certificate],
  ]),
  monitoring: table([
    [1, STEPS.clue],
    [2, STEPS.application],
    [3, STEPS.verification],
    [4, STEPS.appraisal],
    [5, STEPS.villageNotice],
    [6, STEPS.townshipApproval],
    [7, STEPS.countyApproval],
  ]),
  clearing: table([
    [1, STEPS.preSelection],
    [2, STEPS.verification],
    [3, STEPS.appraisal],
    [4, STEPS.acceptance],
    [5, STEPS.villageNotice],
    [6, STEPS.townshipApproval],
    [7, STEPS.countyApproval],
  ]),
};

const RANK: Readonly<Partial<Record<Role, number>>> = {
  'village-officer': 0,
  'township-officer': 1,
  'township-leader': 1,
  'county-office': 2,
  'county-leader': 2,
};
const LEVEL_RANK: Readonly<Record<Level, number>> = { village: 0, township: 1, county: 2 };

/** Whether a role stands at the level or above it, and so may send a case back that waits there. */
export function standsAt(role: string, level: Level): boolean {
  return (RANK[role as Role] ?? -1) >= LEVEL_RANK[level];
}

/** The roles that may send back or withdraw at a level. */
export function rolesAt(level: Level): readonly Role[] {
  return (Object.keys(RANK) as Role[]).filter((role) => standsAt(role, level));
}

import {
  CAUSE,
  EDUCATION,
  HEALTH,
  LABOUR,
  WORK_STATUS,
  YES_NO,
} from '@bangfu/domain/identification/roster/dictionaries';
import type { Dice } from './dice.ts';
import type { Kin } from './family.ts';
import type { RosterRow } from './national-layout.ts';

interface Subject {
  readonly kin: Kin;
  readonly row: RosterRow;
}

/** One way to contradict the rules of data quality. */
interface Breach {
  /** The rule it is meant for. */
  readonly rule: string;
  /** Whom it can befall; a household's breach befalls all of its rows. */
  readonly befalls: (subject: Subject) => boolean;
  readonly wholeHousehold?: true;
  readonly change: Partial<RosterRow>;
}

const healthy = HEALTH.label('healthy');
const adult = ({ kin }: Subject) => kin.years > 17 && kin.years < 59 && kin.settled;
const pupil = ({ kin }: Subject) => kin.years > 6 && kin.years < 16;

const BREACHES: readonly Breach[] = [
  { rule: '1111_07', befalls: pupil, change: { labour: LABOUR.label('ordinary') } },
  { rule: '2_01_011', befalls: ({ kin }) => kin.years < 4, change: { labour: LABOUR.label('weak') } },
  { rule: '2_12_017', befalls: ({ kin }) => kin.years > 60, change: { labour: LABOUR.label('ordinary') } },
  { rule: '3_12_004', befalls: pupil, change: { education: EDUCATION.label('primary') } },
  {
    rule: '5_12_008',
    befalls: (s) => adult(s) && s.row.health === healthy,
    change: { labour: LABOUR.label('weak'), workStatus: '', workMonths: '' },
  },
  {
    rule: '2_12_004',
    befalls: ({ kin }) => kin.years > 62,
    change: { labour: LABOUR.label('none'), workStatus: WORK_STATUS.label('within-county'), workMonths: 5 },
  },
  { rule: '2_01_006', befalls: () => true, change: { criticalIllnessInsurance: '' } },
  { rule: '2_01_016', befalls: () => true, change: { criticalIllnessInsurance: YES_NO.label('no') } },
  { rule: '2_01_001', befalls: () => true, change: { ethnicity: '' } },
  { rule: '3_02_002', befalls: () => true, wholeHousehold: true, change: { safeWater: '' } },
  {
    rule: '5_15_015',
    befalls: ({ row }) => row.mainCause === CAUSE.label('disability'),
    wholeHousehold: true,
    change: { mainCause: CAUSE.label('illness') },
  },
];

/** Changes a household's rows so that they break a rule; the roster itself stays one that an import accepts. */
export function breakARule(rows: readonly RosterRow[], members: readonly Kin[], dice: Dice): void {
  const subjects = members.flatMap((kin, i) => (rows[i] ? [{ kin, row: rows[i] }] : []));
  const first = dice.int(0, BREACHES.length - 1);
  for (const breach of [...BREACHES.slice(first), ...BREACHES.slice(0, first)]) {
    const at = subjects.find(breach.befalls);
    if (!at) continue;
    for (const { row } of breach.wholeHousehold ? subjects : [at]) Object.assign(row, breach.change);
    return;
  }
}

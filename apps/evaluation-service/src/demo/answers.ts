import { createHash } from 'node:crypto';
import type { SampleRow } from '@bangfu/contracts/evaluation/samples';
import { ASSURANCES } from '@bangfu/domain/evaluation/return';
import { APPROVAL_NAMES, FINDING_NAMES, OUTCOME_NAMES } from '@bangfu/domain/evaluation/questionnaire';
import type { Answers } from '../features/samples/questionnaire.ts';

const ENUMERATORS = ['评估员甲', '评估员乙', '评估员丙', '评估员丁'] as const;

/** A number from 0 to 9 999 that is always the same for a household and a purpose. */
function chance(purpose: string, householdNumber: string): number {
  return createHash('sha256').update(`${purpose}/${householdNumber}`).digest().readUInt32BE() % 10_000;
}

const isRefusing = (row: SampleRow) => row.role === 'sample' && chance('refuses', row.householdNumber) < 400;
const place = (row: SampleRow) => `${row.villageCode}/${row.stratum}`;

/**
 * Answers of a field survey that was made on the given days: a few households refuse and are replaced in order, hardly
 * anyone was judged wrongly, nearly all approve. `share` is the part of the sample visited so far, 0 … 1.
 */
export function surveyAnswers(
  rows: readonly SampleRow[],
  days: readonly string[],
  share: number,
): (row: SampleRow) => Answers {
  const isVisited = (row: SampleRow) => chance('visited', row.villageCode) < share * 10_000;
  const refusals = new Map<string, number>();
  for (const row of rows.filter((each) => isRefusing(each) && isVisited(each))) {
    refusals.set(place(row), (refusals.get(place(row)) ?? 0) + 1);
  }
  return (row) => {
    if (!isVisited(row)) return {};
    if (row.role === 'replacement' && row.position > (refusals.get(place(row)) ?? 0)) return {};
    const visit = {
      enumerator: ENUMERATORS[chance('enumerator', row.villageCode) % ENUMERATORS.length] ?? '',
      visitedOn: days[chance('day', row.householdNumber) % days.length] ?? '',
    };
    if (isRefusing(row)) return { ...visit, outcome: OUTCOME_NAMES.refused };
    return { ...visit, outcome: OUTCOME_NAMES.interviewed, ...interview(row) };
  };
}

function interview(row: SampleRow): Answers {
  const number = row.householdNumber;
  const isWrong = row.stratum === 'exited' && chance('wrong', number) < 50;
  const isMissed = row.stratum === 'general' && chance('missed', number) < 50;
  const income = (row.stratum === 'general' ? 9_000 : 6_500) + chance('income', number) / 2;
  const found = ASSURANCES.map((each) => {
    const isAbsent = (isWrong || isMissed) && each === 'housing';
    return [each, FINDING_NAMES[isAbsent ? 'no' : 'yes']] as const;
  });
  return {
    persons: row.persons,
    income: (isWrong || isMissed ? income / 4 : income).toFixed(2),
    ...Object.fromEntries(found),
    wronglyExited: isWrong ? row.persons : 0,
    missed: isMissed ? row.persons : 0,
    ...(isWrong || isMissed
      ? {
          judgement: '住房经鉴定为 D 级，收入低于标准',
          evidence: createHash('sha256').update(`photo/${number}`).digest('hex'),
        }
      : {}),
    approval: APPROVAL_NAMES[chance('approval', number) < 9_600 ? 'approves' : 'disapproves'],
  };
}

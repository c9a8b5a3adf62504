import { describe, expect, test } from 'vitest';
import type { HouseholdRecord, MemberRecord } from '../household/record.ts';
import { YES_NO } from '../roster/dictionaries.ts';
import { born, broken, household, person } from './sample.fixture.ts';
import { saysSome } from './said.ts';

/** Facts of a person that are written freely and count as a yes where they are filled, with whom they are judged in. */
const FREE_TEXTS = {
  publicWelfarePost: { publicWelfareMonths: null, idFacts: born('1950-01-01'), labour: 'lost' },
  nonAttendanceReason: { idFacts: born('2012-01-01'), schoolStage: null, education: null, labour: 'none' },
  serviceNeeds: { plansToWorkAway: true },
} as const satisfies Partial<Record<keyof MemberRecord, Partial<MemberRecord>>>;
type FreeText = keyof typeof FREE_TEXTS;

/** The facts of the record that a person may fill with any words, found by what the rules accept. */
function freeTexts(): string[] {
  const sample = person();
  const isText = (value: unknown) => typeof value === 'string' || value === null || Array.isArray(value);
  const ruled = new Set(['id', 'name', 'deceasedOn', 'sex', 'relation', 'ethnicity', 'education', 'schoolStage']);
  for (const key of ['health', 'disabilityCertificate', 'labour', 'workStatus', 'workRecords', 'workMonths'])
    ruled.add(key);
  for (const key of ['publicWelfareMonths', 'yuluSubsidy']) ruled.add(key);
  return Object.entries(sample)
    .filter(([key, value]) => isText(value) && !ruled.has(key))
    .map(([key]) => key);
}

const NO_WORDS = ['是', '有', '否', '无', '1', '0', '√', '×', 'Y', 'N'].filter((word) => YES_NO.read(word) === 'no');
const three = (change: Partial<MemberRecord>): HouseholdRecord =>
  household({
    members: ['head', 'spouse', 'other'].map((relation, i) =>
      person({ ...change, id: `p${i}`, relation: relation as 'head' }),
    ),
  });

test('every free text of a person is judged here', () => {
  expect(freeTexts().sort()).toEqual(Object.keys(FREE_TEXTS).sort());
});

describe.each(Object.keys(FREE_TEXTS) as FreeText[])('the free text %s', (key) => {
  const filled = (text: string | null): Partial<MemberRecord> => ({
    ...FREE_TEXTS[key],
    [key]: key === 'serviceNeeds' && text !== null ? [text] : text,
  });

  test.each([...NO_WORDS, ' 无 ', '　否', '没有', '—', ''])('says none by “%s”: judged as an empty one', (word) => {
    expect(saysSome(word)).toBe(false);
    expect(broken(three(filled(word)))).toEqual(broken(three(filled(null))));
  });

  test('and something by any other word', () => {
    expect(broken(three(filled('保洁员')))).not.toEqual(broken(three(filled(null))));
  });
});

import { createHash } from 'node:crypto';
import {
  CAUSE,
  EDUCATION,
  ETHNICITY,
  HEALTH,
  HOUSEHOLD_CATEGORY,
  LABOUR,
  POVERTY_STATUS,
  RELATION,
  type Relation,
  SCHOOL_STAGE,
  WORK_STATUS,
} from '@bangfu/domain/identification/roster/dictionaries';
import { readIdNumber } from '@bangfu/domain/shared/id-number';
import { ageOn, businessDay } from '@bangfu/domain/shared/time';
import { describe, expect, test } from 'vitest';
import type { DemoHousehold } from './household.ts';
import type { NationalKey, RosterRow } from './national-layout.ts';
import { population } from './population.ts';
import { demoRegions } from './regions.ts';

const regions = await demoRegions('211382000000');
const draw = (households: number, seed: string) => [...population({ regions, households, seed })];
const rowsOf = (households: readonly DemoHousehold[]) => households.flatMap(({ rows }) => rows);
const text = (row: RosterRow, key: NationalKey) => String(row[key]);
const idFacts = (row: RosterRow) => {
  const facts = readIdNumber(text(row, 'idNumber'));
  if (!facts) throw new Error(`malformed ${text(row, 'idNumber')}`);
  return facts;
};

const FEMALE: readonly Relation[] = ['daughter', 'mother', 'daughter-in-law', 'sons-daughter', 'daughters-daughter'];
const MALE: readonly Relation[] = ['son', 'father', 'son-in-law', 'sons-son', 'daughters-son', 'sibling'];

const county = draw(16_000, 'county');
const persons = rowsOf(county);

describe('a population of 16 000 households', () => {
  test('has exactly one head in every household, in its first row', () => {
    for (const { rows } of county) {
      expect(rows.map((row) => row.relation === RELATION.label('head'))).toEqual(rows.map((_, i) => i === 0));
    }
  });

  test('has unique household numbers, person numbers and ID numbers, all texts', () => {
    expect(new Set(county.map(({ number }) => number)).size).toBe(16_000);
    expect(new Set(persons.map((row) => row.personNumber)).size).toBe(persons.length);
    expect(new Set(persons.map((row) => text(row, 'idNumber').slice(0, 18))).size).toBe(persons.length);
    for (const row of persons)
      expect([row.householdNumber, row.personNumber, row.idNumber]).toEqual([
        expect.stringMatching(/^211382\d{10,}$/),
        expect.stringMatching(/^211382\d{12,}$/),
        expect.stringMatching(/^211382\d{11}[\dX]/),
      ]);
  });

  test('has well-formed ID numbers, a certificate for the disabled, and nobody yet to be born or beyond a hundred', () => {
    for (const row of persons) {
      const facts = idFacts(row);
      const age = ageOn(facts.birthDate, businessDay('2026-12-31'));
      expect(age).toBeGreaterThanOrEqual(1);
      expect(age).toBeLessThanOrEqual(100);
      expect(facts.certificate !== undefined).toBe(row.health === HEALTH.label('disabled'));
    }
  });

  test('has sexes and ages that agree with the relation to the head', () => {
    for (const { rows } of county) {
      const [head] = rows as [RosterRow];
      const headFacts = idFacts(head);
      const year = (row: RosterRow) => Number(idFacts(row).birthDate.slice(0, 4));
      for (const row of rows.slice(1)) {
        const relation = RELATION.read(text(row, 'relation'));
        if (!relation) throw new Error(`unknown relation ${row.relation}`);
        const { sex } = idFacts(row);
        if (FEMALE.includes(relation)) expect(sex).toBe('female');
        else if (MALE.includes(relation)) expect(sex).toBe('male');
        else expect([relation, sex]).toEqual(['spouse', headFacts.sex === 'male' ? 'female' : 'male']);
        const apart = year(row) - year(head);
        if (relation === 'son' || relation === 'daughter') expect(apart).toBeGreaterThanOrEqual(15);
        if (relation === 'father' || relation === 'mother') expect(apart).toBeLessThanOrEqual(-15);
        if (relation.startsWith('sons-') || relation.startsWith('daughters-')) expect(apart).toBeGreaterThanOrEqual(29);
      }
    }
  });

  test('counts its members, and says of the household the same in every row', () => {
    const shared: NationalKey[] = [
      'township',
      'village',
      'group',
      'status',
      'mainCause',
      'perCapitaIncome',
      'safeWater',
    ];
    const differs = county.flatMap(({ rows, number }) =>
      rows.filter(
        (row) =>
          row.memberCount !== rows.length ||
          row.householdNumber !== number ||
          shared.some((key) => row[key] !== rows[0]?.[key]),
      ),
    );
    expect(differs).toEqual([]);
    expect(persons.map((row) => row.sequence)).toEqual(persons.map((_, i) => i + 1));
  });

  test('uses the words of the national export only', () => {
    const words = {
      ethnicity: ETHNICITY,
      education: EDUCATION,
      schoolStage: SCHOOL_STAGE,
      health: HEALTH,
      labour: LABOUR,
      workStatus: WORK_STATUS,
      status: POVERTY_STATUS,
      category: HOUSEHOLD_CATEGORY,
      mainCause: CAUSE,
    };
    for (const [key, { read }] of Object.entries(words)) {
      const used = new Set(persons.map((row) => text(row, key as NationalKey)));
      for (const word of used) if (word !== '') expect([word, read(word)]).not.toEqual([word, null]);
    }
  });

  test('registers 17 in 160, mostly for illness, and leaves the general households without attributes', () => {
    const registered = county.filter(({ rows }) => rows[0]?.status !== '');
    expect(registered).toHaveLength(1_700);
    const ill = registered.filter(({ rows }) => rows[0]?.mainCause === CAUSE.label('illness'));
    expect(ill.length / registered.length).toBeGreaterThan(0.58);
    expect(ill.length / registered.length).toBeLessThan(0.7);
    for (const { rows } of county) {
      const filled = rows.map((row) => row.mainCause !== '' && row.category !== '');
      expect(filled).toEqual(rows.map((row) => row.status !== ''));
    }
    const mean = persons.length / county.length;
    expect(mean).toBeGreaterThan(2.9);
    expect(mean).toBeLessThan(3.3);
  });

  test('spreads over all rural villages, unevenly', () => {
    const counts = new Map<string, number>();
    for (const { villageCode } of county) counts.set(villageCode, (counts.get(villageCode) ?? 0) + 1);
    expect(counts.size).toBe(243);
    expect(Math.max(...counts.values())).toBeGreaterThan(2 * Math.min(...counts.values()));
  });

  test.each(['2026-01-01', '2026-12-31'])(
    'contradicts the rules of age only in about one household of a hundred on %s',
    (on) => {
      const day = businessDay(on);
      const contradicts = (row: RosterRow) => {
        const age = ageOn(idFacts(row).birthDate, day);
        const stage = SCHOOL_STAGE.read(text(row, 'schoolStage')) ?? 'not-in-school';
        const labour = LABOUR.read(text(row, 'labour'));
        const filled = stage !== 'not-in-school';
        const inSchool = filled && stage !== 'below-school-age';
        const unable = labour === 'none' || labour === 'lost';
        return [
          filled && row.education !== '',
          stage === 'primary' && (age < 6 || age > 14),
          age >= 6 && age <= 15 && !inSchool,
          inSchool && labour !== 'none',
          age < 16 && labour !== 'none',
          age >= 60 && (labour === 'ordinary' || labour === 'skilled' || labour === 'lost'),
          age >= 16 && age < 60 && row.health === '健康' && !inSchool && (labour === 'none' || labour === 'weak'),
          age >= 16 && age <= 22 && !inSchool && (row.education === '小学' || row.education === '文盲或半文盲'),
          row.workStatus !== '' && (unable || inSchool),
          (row.workStatus !== '') !== (row.workMonths !== ''),
          row.criticalIllnessInsurance !== '是',
          row.ethnicity === '',
          row.safeWater === '',
        ].some(Boolean);
      };
      const share = county.filter(({ rows }) => rows.some(contradicts)).length / county.length;
      expect(share).toBeGreaterThan(0.005);
      expect(share).toBeLessThan(0.015);
    },
  );
});

describe('a seed', () => {
  const digest = (seed: string, households: number) =>
    createHash('sha256')
      .update(JSON.stringify(draw(households, seed)))
      .digest('hex');

  test.each(['', '1', '一', 'a longer seed'])(
    '%j draws the same population again, and another seed another one',
    (seed) => {
      expect(digest(seed, 60)).toBe(digest(seed, 60));
      expect(digest(seed, 60)).not.toBe(digest(`${seed}'`, 60));
    },
  );

  test.each([1, 2, 7, 242, 243, 244, 999])('gives %i households when asked for as many', (households) => {
    expect(draw(households, 'n')).toHaveLength(households);
  });
});

test('a second county comes with the platform; none other does', async () => {
  const zhashui = await demoRegions('611026000000');
  const [first] = population({ regions: zhashui, households: 3, seed: '1' });
  expect(first?.rows[0]).toMatchObject({ county: '柞水县' });
  await expect(demoRegions('110101000000')).rejects.toMatchObject({ code: 'USAGE' });
});

test('several counties at once, or none, are refused', () => {
  const two = [...regions, { code: '611026000000', level: 'county' as const, name: '柞水县' }];
  expect(() => [...population({ regions: two, households: 1, seed: '' })]).toThrow(RangeError);
  expect(() => [...population({ regions: [], households: 1, seed: '' })]).toThrow(RangeError);
});

import { describe, expect, it } from 'vitest';
import {
  CAUSE,
  EDUCATION,
  ETHNICITY,
  HEALTH,
  HOUSEHOLD_CATEGORY,
  LABOUR,
  MONITORED_KIND,
  POVERTY_STATUS,
  readHealth,
  RELATION,
  SCHOOL_STAGE,
  WORK_STATUS,
  YES_NO,
} from './dictionaries.ts';

describe('the dictionaries of the national export', () => {
  it.each([
    [RELATION, '长子', 'son'],
    [RELATION, '之夫', 'spouse'],
    [RELATION, '本人', 'head'],
    [EDUCATION, '中专', 'senior-high'],
    [SCHOOL_STAGE, '八年级', 'junior-high'],
    [SCHOOL_STAGE, '高中', 'senior-high'],
    [LABOUR, '半劳动力', 'weak'],
    [WORK_STATUS, '县内务工', 'within-county'],
    [POVERTY_STATUS, '脱贫', 'exited'],
    [HOUSEHOLD_CATEGORY, '五保户', 'extreme-hardship'],
    [CAUSE, '自身发展力不足', 'low-motivation'],
    [MONITORED_KIND, '边缘易致贫户', 'marginal'],
    [YES_NO, '√', 'yes'],
    [YES_NO, '×', 'no'],
  ])('given a synonym then its code', (dictionary, text, code) => expect(dictionary.read(text)).toBe(code));

  it('given every code of every dictionary then its label is read as the code', () => {
    for (const dictionary of [RELATION, EDUCATION, SCHOOL_STAGE, HEALTH, LABOUR, WORK_STATUS, POVERTY_STATUS]) {
      const { codes, label, read } = dictionary as typeof ETHNICITY;
      expect(codes.map((code) => read(label(code)))).toEqual(codes);
    }
    expect(RELATION.codes).toHaveLength(24);
    expect(CAUSE.codes).toHaveLength(12);
  });

  it('given the 56 ethnic groups then each is read with and without 族', () => {
    expect(new Set(ETHNICITY.codes).size).toBe(56);
    for (const name of ETHNICITY.codes) {
      expect(ETHNICITY.read(name)).toBe(name);
      expect(ETHNICITY.read(name.slice(0, -1))).toBe(name);
    }
    expect(ETHNICITY.read('火星族')).toBeNull();
  });

  it('given several states of health then all are read, and one unknown spoils the cell', () => {
    expect(readHealth('残疾,大病')).toEqual(['disabled', 'major-disease']);
    expect(readHealth('长期慢性病、 残疾')).toEqual(['chronic-disease', 'disabled']);
    expect(readHealth('健康')).toEqual(['healthy']);
    expect(readHealth('残疾、未知')).toBeNull();
    expect(readHealth('未知')).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { regionCode } from '../shared/region.ts';
import { deviationsOf, documentedThresholds, SHIPPED_THRESHOLDS, thresholdSetOf } from './thresholds.ts';

const LIAONING = regionCode('211382000000');
const SHAANXI = regionCode('611026000000');
const { default: general, west } = SHIPPED_THRESHOLDS;

describe('thresholds', () => {
  it('are those of the county’s province without a word, with the document of the set', () => {
    expect([thresholdSetOf(LIAONING), thresholdSetOf(SHAANXI)]).toEqual(['default', 'west']);
    expect(west).toEqual({ ...general, set: 'west', compositeBp: 300 });
    expect(documentedThresholds({ ...general, document: '' }, LIAONING)).toEqual(general);
    expect(documentedThresholds({ ...west, document: ' 省方案 ' }, SHAANXI).document).toBe('省方案');
  });

  it.each(['compositeBp', 'wrongExitBp', 'missedBp', 'approvalBp', 'minInterviewedBp', 'minHouseholds'] as const)(
    'given another %s, then they need a document of their own',
    (key) => {
      const own = { ...general, [key]: general[key] + 1 };
      expect(deviationsOf(own, LIAONING)).toEqual([key]);
      expect(() => documentedThresholds(own, LIAONING)).toThrow('THRESHOLDS_DOCUMENT_MISSING');
      expect(() => documentedThresholds({ ...own, document: ' ' }, LIAONING)).toThrow('THRESHOLDS_DOCUMENT_MISSING');
      expect(documentedThresholds({ ...own, document: '省方案' }, LIAONING)).toEqual({ ...own, document: '省方案' });
    },
  );

  it('given the set of another region, then it needs a document too: a county does not choose to be western', () => {
    expect(deviationsOf(west, LIAONING)).toEqual(['set']);
    expect(() => documentedThresholds(west, LIAONING)).toThrow('THRESHOLDS_DOCUMENT_MISSING');
  });
});

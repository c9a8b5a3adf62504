const rate = (hits: number, cases: number, met: boolean) => ({
  hits,
  cases,
  value: hits / cases,
  interval: { low: 0, high: 0.0356 },
  weighted: { value: hits / cases, interval: { low: 0, high: 0.0356 } },
  met,
});
const rates = {
  wrongExit: rate(0, 104, true),
  missed: rate(3, 250, true),
  approval: rate(95, 100, true),
  composite: { value: 0.0142, weighted: { value: 0.0139, interval: { low: 0, high: 0.03 } }, met: true },
  verdict: 'accepted',
};
const coverage = { sampled: 100, interviewed: 98, replaced: 2, missing: 0 };

/** A result as the first release kept it: intervals of plain ratios, a verdict for every township and stratum. */
export const FORMER_RESULT = {
  id: 'ffffffff-0000-7000-8000-000000000000',
  computedAt: '2026-07-10T02:00:00.000Z',
  computedBy: '县扶贫办',
  thresholds: { compositeBp: 200, wrongExitBp: 200, missedBp: 200, approvalBp: 9000 },
  returns: 102,
  coverage,
  county: rates,
  townships: [{ code: '211382100000', name: '南街街道', ...coverage, rates }],
  strata: [{ stratum: 'exited', persons: 320, ...coverage, rates }],
};

import { describe, expect, it } from 'vitest';
import { playwrightCounts, total, vitestCounts } from './report.ts';

const test = (fullName: string, status: string) => ({ fullName, status });

describe('given the reports of a run', () => {
  it('when tests, a file that does not load and a journey failed, then each is counted and named', () => {
    const services = vitestCounts({
      numPassedTests: 1,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 0,
      numFailedTestSuites: 1,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [test('a works', 'failed'), test('b works', 'passed')],
        },
        { name: 'b.test.ts', status: 'passed', assertionResults: [test('c works', 'pending')] },
      ],
    });
    const unloaded = vitestCounts({
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      numFailedTestSuites: 1,
      testResults: [{ name: 'c.test.ts', status: 'failed', assertionResults: [] }],
    });
    const journeys = playwrightCounts({
      stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
      suites: [{ suites: [{ specs: [{ file: 'd.journey.ts', title: 'd works', ok: false }] }] }],
    });
    expect(total([services, unloaded, journeys])).toEqual({
      passed: 2,
      failed: 3,
      skipped: 1,
      failures: ['a.test.ts: a works', 'c.test.ts', 'd.journey.ts: d works'],
    });
  });
});

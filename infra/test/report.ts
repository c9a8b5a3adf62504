/** What a part of the test run found. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Something that could not be run on this machine, and how to make it run. */
export interface NamedSkip {
  readonly name: string;
  readonly howToEnable: string;
}

/** Adds up the counts of all parts. */
export function total(parts: readonly Counts[]): Counts {
  return parts.reduce(
    (sum, part) => ({
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
      skipped: sum.skipped + part.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
}

/** Counts of vitest's JSON report; a file that could not be loaded is a failure though it has no failed test. */
export function vitestCounts(report: VitestReport): Counts {
  const failed =
    report.numFailedTests === 0 && report.numFailedTestSuites > 0 ? report.numFailedTestSuites : report.numFailedTests;
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

/** Counts of Playwright's JSON report; a flaky journey is a failed one. */
export function playwrightCounts({ stats }: PlaywrightReport): Counts {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

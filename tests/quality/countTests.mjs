/**
 * Reads how many tests passed and failed out of the reports of vitest and Playwright.
 *
 * @typedef {{ passed: number, failed: number }} Count
 */

/**
 * A test file that could not be loaded has no tests; it counts as one failed test.
 *
 * @param {{
 *   numPassedTests: number,
 *   numFailedTests: number,
 *   testResults: readonly { status: string, assertionResults: readonly { status: string }[] }[],
 * }} report
 * @returns {Count}
 */
export function countVitest({ numPassedTests, numFailedTests, testResults }) {
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length };
}

/**
 * @param {{
 *   stats: { expected: number, unexpected: number, flaky: number },
 *   errors: readonly unknown[],
 * }} report
 * @returns {Count}
 */
export function countPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/**
 * The count of a stage. A stage that failed counts at least one failure, whatever its report says,
 * and a stage whose report names no test at all has not done its work.
 *
 * @param {boolean} succeeded
 * @param {Count | 'missing' | undefined} report undefined where the stage writes none
 * @returns {Count}
 */
export function counted(succeeded, report) {
  if (report === undefined) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 };
  if (report === 'missing') return { passed: 0, failed: 1 };
  const nothingRan = report.passed + report.failed === 0;
  const failed = Math.max(report.failed, succeeded && !nothingRan ? 0 : 1);
  return { passed: report.passed, failed };
}

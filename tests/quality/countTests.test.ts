import { describe, expect, it } from 'vitest';
import { counted, countPlaywright, countVitest } from './countTests.mjs';

describe('countVitest', () => {
  it('counts tests, and a file that could not be loaded as one failure', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
        { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 4, failed: 2 });
  });
});

describe('countPlaywright', () => {
  it('counts flaky tests and errors outside tests as failures', () => {
    const report = { stats: { expected: 7, unexpected: 1, flaky: 1 }, errors: [{}] };
    expect(countPlaywright(report)).toEqual({ passed: 7, failed: 3 });
  });
});

describe('counted', () => {
  it('counts a stage without a report as one', () => {
    expect(counted(true, undefined)).toEqual({ passed: 1, failed: 0 });
    expect(counted(false, undefined)).toEqual({ passed: 0, failed: 1 });
  });

  it('takes the numbers of the report', () => {
    expect(counted(true, { passed: 9, failed: 0 })).toEqual({ passed: 9, failed: 0 });
    expect(counted(false, { passed: 9, failed: 2 })).toEqual({ passed: 9, failed: 2 });
  });

  it('never passes a stage that failed, wrote no report or ran no test', () => {
    expect(counted(false, { passed: 9, failed: 0 })).toEqual({ passed: 9, failed: 1 });
    expect(counted(true, 'missing')).toEqual({ passed: 0, failed: 1 });
    expect(counted(true, { passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 });
  });
});

import { describe, expect, it } from 'vitest';
import {
  memoryText,
  pagesText,
  rounded,
  secondsFigure,
  secondsText,
  transferRateText,
  withThousands,
} from '../../../src/base/numberText.ts';

describe('numbers as text', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1_048_576, '1,048,576'],
    [-12_345, '-12,345'],
  ])('%d with thousands is %s', (value, text) => {
    expect(withThousands(value)).toBe(text);
  });

  it.each([
    [0.283, '0.28\u00a0s'],
    [0.994, '0.99\u00a0s'],
    [0.996, '1.0\u00a0s'],
    [45.31, '45.3\u00a0s'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
    expect(`${secondsFigure(seconds)}\u00a0s`).toBe(text);
  });

  it('does not call a short time no time', () => {
    expect(secondsText(0.002)).toBe('under\u00a00.01\u00a0s');
    expect(secondsText(0)).toBe('0.00\u00a0s');
  });

  it.each([
    [512, '512\u00a0MB'],
    [1024, '1\u00a0GB'],
    [1536, '1.5\u00a0GB'],
    [1_048_576, '1\u00a0TB'],
  ])('%d MiB are %s', (mib, text) => {
    expect(memoryText(mib)).toBe(text);
  });

  it('counts one page and more pages', () => {
    expect([0, 1, 64_414].map(pagesText)).toEqual(['0 pages', '1 page', '64,414 pages']);
  });
});

describe('a rate', () => {
  it.each([
    [117, '117\u00a0MB/s'],
    [115.34, '115.3\u00a0MB/s'],
    [33.554432, '33.6\u00a0MB/s'],
    [1100, '1,100\u00a0MB/s'],
    [0.25, '0.25\u00a0MB/s'],
    [99_999.96, '100,000\u00a0MB/s'],
  ])('of %s MB/s', (value, text) => {
    expect(transferRateText(value)).toBe(text);
  });
});

describe('a number that somebody gave', () => {
  it.each([
    [33.333333, 3, '33.333'],
    [300, 3, '300'],
    [1234.5, 2, '1,234.5'],
  ])('%s with at most %s decimals', (value, decimals, text) => {
    expect(rounded(value, decimals)).toBe(text);
  });
});

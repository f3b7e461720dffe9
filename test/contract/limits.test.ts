import { describe, expect, it } from 'vitest';
import { parsePreferWait, parseRetryAfter } from '../../src/contract/limits';

describe('reading Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it.each([
    ['seconds', '4', now + 4_000],
    ['padded seconds', ' 4 ', now + 4_000],
    ['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', now + 30_000],
    ['a date gone by, as now', 'Wed, 31 Dec 2025 23:00:00 GMT', now],
    ['a day, cut to an hour', '86400', now + 3_600_000],
    ['nothing from junk', 'soon', undefined],
    ['nothing from a missing header', null, undefined],
    ['nothing from an empty one', '', undefined],
  ])('gives %s', (_, header, at) => {
    expect(parseRetryAfter(header, now)).toBe(at);
  });
});

describe('reading `Prefer: wait`', () => {
  it.each([
    ['wait=8', 8_000],
    ['WAIT = 8', 8_000],
    ['wait="8"', 8_000],
    ['wait=0', 0],
    ['respond-async, wait=100', 100_000],
    ['return=minimal; foo="bar", wait=8, handling=lenient', 8_000],
    ['wait=999999', 999_999_000],
    ['wait', undefined],
    ['wait=', undefined],
    ['wait=soon', undefined],
    ['wait=-1', undefined],
    ['wait=1.5', undefined],
    ['wait=8s', undefined],
    ['wait=1e3', undefined],
    ['wait=9999999', undefined],
    ['nowait=8', undefined],
    ['respond-async', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j → %j', (header, ms) => {
    expect(parsePreferWait(header)).toBe(ms);
  });
});

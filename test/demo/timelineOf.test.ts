import { describe, expect, it } from 'vitest';
import type { TracedRequest } from '../../demo/backend/createTrace';
import { describe as describeRequest } from '../../demo/backend/describe';
import { timelineOf } from '../../demo/backend/timelineOf';
import { foldTimeline } from '../../demo/page/foldTimeline';
import type { LogEntry } from '../../simulator';

const userId = 'avery';
const base = { userId, signedInAt: 100, requests: [], log: [], since: 0, now: 10_000 };
let seq = 0;

function read(at: number, status: number | null, isAbsent = false): TracedRequest {
  return {
    seq: ++seq,
    userId,
    at,
    from: 'backend',
    to: 'coinflow',
    method: 'GET',
    path: '/api/withdraw',
    isSession: false,
    ms: status === null ? null : 5,
    status,
    isAbsent,
    isConfirmed: false,
  };
}
function logged(entry: Partial<LogEntry>): LogEntry {
  return {
    seq: ++seq,
    at: 0,
    service: 'coinflow',
    method: 'GET',
    path: '/api/withdraw',
    status: 200,
    userKey: 'user:avery',
    ...entry,
  };
}

describe('the timeline of a run', () => {
  it('dates the record by the moment the simulated Coinflow made it readable, and not before it has come', () => {
    const log = [logged({ method: 'POST', readableAt: 3_000 })];
    expect(timelineOf({ ...base, log, now: 2_999 }).recordAt).toBeNull();
    expect(timelineOf({ ...base, log, now: 3_000 }).recordAt).toBe(3_000);
  });

  it('dates a record that was there before by the sign-in', () => {
    expect(timelineOf({ ...base, log: [logged({ recordExisted: true })] }).recordAt).toBe(100);
  });

  it('with real providers dates it by the first read that found it', () => {
    expect(timelineOf({ ...base, requests: [read(200, 401, true), read(900, null)] }).recordAt).toBeNull();
    expect(timelineOf({ ...base, requests: [read(200, 401, true), read(900, 451)] }).recordAt).toBe(905);
    expect(timelineOf({ ...base, requests: [read(200, 200)] }).recordAt).toBe(100);
  });

  it('shows nothing of another user, and nothing from before the click', () => {
    const log = [
      logged({ service: 'page', at: 50, recordExisted: true }),
      logged({ service: 'page', at: 500, userKey: 'user:somebody-else' }),
    ];
    expect(timelineOf({ ...base, log, requests: [read(20, 200)], since: 100 })).toMatchObject({
      entries: [],
      formAt: null,
    });
  });

  it('says of a form that came too early that it asks to verify', () => {
    const { entries, formAt } = timelineOf({
      ...base,
      log: [logged({ service: 'page', at: 500, recordExisted: false })],
    });
    expect(formAt).toBe(500);
    expect(entries).toMatchObject([{ from: 'browser', to: 'page', answer: 'Verify your identity first', tone: 'bad' }]);
  });

  it('counts repeated polls in one line, and starts another where the answer changes', () => {
    const requests = [read(100, 401, true), read(1_100, 401, true), read(2_100, 401, true), read(3_100, 200)];
    const lines = foldTimeline(timelineOf({ ...base, requests }).entries);
    expect(lines.map(({ entry, times, lastAt }) => [entry.answer, times, lastAt])).toEqual([
      ['Not yet', 3, 2_100],
      ['Yes', 1, 3_100],
    ]);
  });
});

describe('the words for a POST to the merchant’s backend', () => {
  const post = { to: 'backend', method: 'POST', isSession: false, isAbsent: false, isConfirmed: false } as const;

  it.each([
    ['Handed over', { status: 200 }],
    ['Handed over', { status: 202 }],
    ['Done', { status: 200, isConfirmed: true }],
    ['Done, but not in order', { status: 451, isConfirmed: true }],
    ['Handed over, not there yet', { status: 200, isConfirmed: true, isAbsent: true }],
    ['Nothing to share', { status: 409 }],
    ['Failed', { status: 503 }],
  ])('are "%s" for %o', (answer, outcome) => {
    expect(describeRequest({ ...post, ...outcome }).answer).toBe(answer);
  });
});

// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { beginningOf } from '../../src/client/beginning';
import type { GateOptions } from '../../src/client/options';
import { noteAnswer, roomOf } from '../../src/client/subject';
import type { WithdrawerRecord } from '../../src/contract/record';
import { sampleRecord } from '../../src/testing/sampleStates';
import { pageIs } from './pageOfAge';

let rooms = 0;
beforeEach(() => pageIs(500));

/** A room that nobody has asked anything in, and a gate that begins there. */
function openRoom() {
  const url = new URL(`https://shop.test/beginning/${++rooms}`);
  const room = roomOf({ url, subject: 'u1' });
  const begin = (more: Partial<GateOptions> = {}) => beginningOf({ endpoint: url.href, subject: 'u1', ...more }, room);
  const note = (record: WithdrawerRecord | null) => noteAnswer(room, { record, seq: 1, at: Date.now() });
  return { room, begin, note };
}
const told = (record: WithdrawerRecord | null, subject = 'u1') => ({ initialRecord: { subject, record } });

describe('a gate that begins', () => {
  it('opens with the record its server has read', () => {
    const { begin } = openRoom();
    expect(begin(told(sampleRecord)).opened).toEqual(sampleRecord);
    expect(begin(told(sampleRecord)).initialState.status).toBe('ready');
  });

  it('opens with no record of another subject', () => {
    const { begin } = openRoom();
    expect(begin(told(sampleRecord, 'u2')).opened).toBeUndefined();
    expect(begin(told(sampleRecord, 'u2')).initialState).toEqual({ status: 'checking' });
  });

  it('opens with no pending record where a verified one is wanted', () => {
    const pending = { ...sampleRecord, status: 'pending' as const };
    const { begin } = openRoom();
    expect(begin(told(pending)).opened).toEqual(pending);
    expect(begin({ ...told(pending), openWhen: 'verified' }).opened).toBeUndefined();
  });

  it('does not open with what another gate has read before: that may have changed', () => {
    const { begin, note } = openRoom();
    const answer = note(sampleRecord);
    expect(begin()).toMatchObject({ opened: undefined, stood: answer });
  });

  it('does not open with its server’s record where the page has since read that nothing opens', () => {
    const { begin, note } = openRoom();
    note({ ...sampleRecord, status: 'rejected' });
    expect(begin(told(sampleRecord)).opened).toBeUndefined();
  });

  it('does not open with its server’s record where a prefetch has found the user blocked since', () => {
    const { room, begin, note } = openRoom();
    room.prefetched = { at: Date.now(), answer: note({ ...sampleRecord, availability: 'Blocked' }) };
    expect(begin(told(sampleRecord)).opened).toBeUndefined();
  });
});

describe('a server’s "no record"', () => {
  it('counts where the page has asked nothing yet', () => {
    const { begin } = openRoom();
    expect(begin(told(null)).toldNothing()).toMatchObject({ record: null });
  });

  it.each([
    ['is about another subject', told(null, 'u2')],
    ['was not given', {}],
    ['is a record', told(sampleRecord)],
  ])('does not count where it %s', (_, options) => {
    expect(openRoom().begin(options).toldNothing()).toBeUndefined();
  });

  it('does not count once the page has read, registered, or is registering', () => {
    const read = openRoom();
    read.room.lastRead = { seq: 1, at: Date.now() };
    expect(read.begin(told(null)).toldNothing()).toBeUndefined();
    const registering = openRoom();
    registering.room.isRegistering = true;
    expect(registering.begin(told(null)).toldNothing()).toBeUndefined();
    const registered = openRoom();
    registered.room.registration = { outcome: 'accepted', attempt: 1, since: 0, seq: 1, at: 0 };
    expect(registered.begin(told(null)).toldNothing()).toBeUndefined();
  });

  it.each([
    ['an old page', () => pageIs(16_000)],
    ['a page out of the browser’s history', () => pageIs(500, 'back_forward')],
  ])('does not count on %s', (_, arrive) => {
    arrive();
    expect(openRoom().begin(told(null)).toldNothing()).toBeUndefined();
  });
});

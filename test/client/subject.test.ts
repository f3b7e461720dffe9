// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { ReadKind } from '../../src/gate/snapshot';
import { noteAnswer, postAllowedAt, readAllowedAt, readOnce, roomOf, tell } from '../../src/client/subject';
import { sampleRecord } from '../../src/testing/sampleStates';
import { installLocks } from './fakeLocks';
import { manualBackend, settle } from './manualBackend';
import { withVirtualTime } from './openGate';

withVirtualTime();

/** A room whose reads the test answers. */
function openRoom() {
  const backend = manualBackend();
  const room = roomOf(backend.target);
  const read = (signal?: AbortSignal, kind?: ReadKind) => {
    const answer = readOnce(room, backend.target, signal, kind);
    // Looked at later, or not at all.
    answer.catch(() => {});
    return answer;
  };
  return { ...backend, room, read, lock: `kyc-reuse-gate ${room.name}` };
}

/** Makes as many reads as fit, each answered with "no record". */
async function readTimes({ read, at }: ReturnType<typeof openRoom>, times: number, from = 0): Promise<void> {
  for (let i = from; i < from + times; i++) {
    void read();
    await settle();
    at(i).tell(null);
    await settle();
  }
}

describe('a room', () => {
  it('is shared by all who spell the endpoint in whatever way', () => {
    const plain = roomOf({ url: new URL('https://shop.test/room'), subject: 'u1' });
    expect(roomOf({ url: new URL('https://SHOP.test:443/./room'), subject: 'u1' })).toBe(plain);
  });

  it('keeps subjects apart: what one was told says nothing of the other', () => {
    const url = new URL('https://shop.test/apart');
    const [one, other] = [roomOf({ url, subject: 'u1' }), roomOf({ url, subject: 'u2' })];
    noteAnswer(one, { record: sampleRecord, seq: 1, at: Date.now() });
    expect(one).toMatchObject({ recordSeen: true, record: sampleRecord });
    expect(other).toMatchObject({ recordSeen: false });
    expect(other.answer).toBeUndefined();
    expect(other.record).toBeUndefined();
  });
});

describe('an answer', () => {
  it('that is older than the latest does not count, although it arrives later', async () => {
    const { room, read, at } = openRoom();
    const [first, second] = [read(), read()];
    await settle();
    at(1).tell(sampleRecord);
    const latest = await second;
    at(0).tell(null);
    expect(await first).toBe(latest);
    expect(room.answer).toBe(latest);
    expect(room).toMatchObject({ record: sampleRecord, recordSeen: true });
  });

  it('that is newer counts, although the older one has been heard', async () => {
    const { room, read, at } = openRoom();
    const [first, second] = [read(), read()];
    await settle();
    at(0).tell(null);
    await first;
    at(1).tell(sampleRecord);
    const latest = await second;
    expect(latest.record).toEqual(sampleRecord);
    expect(room.answer).toBe(latest);
  });

  it('that leaves a block out does not lift it', async () => {
    const { room, read, at } = openRoom();
    const { status, attested, moreNeeded, links, reasons } = sampleRecord;
    const silent = { status, attested, moreNeeded, links, reasons };
    for (const record of [{ ...sampleRecord, availability: 'Blocked' }, silent, null]) {
      const answer = read();
      await settle();
      at(room.readTimes.length - 1).tell(record);
      expect((await answer).record).toMatchObject({ availability: 'Blocked' });
    }
  });
});

describe('a failed read', () => {
  it('is not counted where a later one has been answered since', async () => {
    const { room, read, at } = openRoom();
    const [first, second] = [read(), read()];
    await settle();
    at(1).tell(null);
    await second;
    at(0).drop();
    await expect(first).rejects.toMatchObject({ failure: { code: 'unreachable' } });
    expect(room.failed).toBeUndefined();
  });

  it('is counted until one is answered', async () => {
    const { room, read, at } = openRoom();
    for (const count of [1, 2]) {
      void read();
      await settle();
      at(count - 1).drop();
      await settle();
      expect(room.failed).toMatchObject({ count, failure: { code: 'unreachable' } });
    }
    void read();
    await settle();
    at(2).tell(null);
    await settle();
    expect(room.failed).toBeUndefined();
  });

  it('that was aborted is no failure', async () => {
    const { room, read } = openRoom();
    const leaving = new AbortController();
    const answer = read(leaving.signal);
    await settle();
    expect(room.out.size).toBe(1);
    leaving.abort();
    expect(room.out.size).toBe(0);
    await expect(answer).rejects.toThrow();
    expect(room.failed).toBeUndefined();
  });

  it('holds all reads back for as long as its Retry-After says', async () => {
    const { room, read, at, methods } = openRoom();
    void read();
    await settle();
    at(0).answer(Response.json({}, { status: 429, headers: { 'retry-after': '30' } }));
    await settle();
    expect(readAllowedAt(room)).toBe(Date.now() + 30_000);
    await expect(read()).rejects.toMatchObject({ failure: { code: 'rateLimited', httpStatus: 429 } });
    vi.setSystemTime(Date.now() + 30_000);
    void read();
    await settle();
    expect(methods()).toHaveLength(2);
  });
});

describe('the limit of reads', () => {
  it('says nothing where polling alone comes near it', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const open = openRoom();
    await readTimes(open, 4);
    vi.setSystemTime(Date.now() + 6_000);
    await readTimes(open, 4, 4);
    expect(readAllowedAt(open.room)).toBe(Date.now() + 4_000);
    expect(warn).not.toHaveBeenCalled();
  });

  it('lets eight out in 10 s, and refuses the ninth without sending it', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const open = openRoom();
    await readTimes(open, 8);
    await expect(open.read()).rejects.toMatchObject({
      failure: { code: 'rateLimited', retryAt: Date.now() + 10_000 },
    });
    expect(open.methods()).toHaveLength(8);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('8 times in 5 s'));
    vi.setSystemTime(Date.now() + 10_000);
    void open.read();
    await settle();
    expect(open.methods()).toHaveLength(9);
  });

  it('is waited out, and not for days, where the clock was set back', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const open = openRoom();
    await readTimes(open, 8);
    vi.setSystemTime(Date.now() - 86_400_000);
    expect(readAllowedAt(open.room)).toBe(Date.now() + 10_000);
  });

  it('of POSTs is three a minute, counted from when they left', () => {
    const { room } = openRoom();
    const now = Date.now();
    const allowedAfter = (...agesMs: number[]) => postAllowedAt({ ...room, postTimes: agesMs.map((age) => now - age) });
    expect(allowedAfter(20_000, 10_000)).toBe(0);
    expect(allowedAfter(20_000, 10_000, 0)).toBe(now + 40_000);
    // The clock was set back.
    expect(allowedAfter(-86_400_000, -86_390_000, -86_380_000)).toBe(0);
  });
});

describe('a read under the lock', () => {
  it('holds the lock from before the request leaves, until the gates have been told', async () => {
    const locks = installLocks();
    const { room, read, at, lock } = openRoom();
    const answer = read(undefined, 'look');
    await settle();
    expect(locks.held()).toEqual([lock]);
    at(0).tell(null);
    await answer;
    expect(locks.held()).toEqual([lock]);
    // No gate registers here.
    tell(room);
    await settle();
    expect(room.turn).toBeUndefined();
    expect(locks.held()).toEqual([]);
  });

  it('lets go of the lock where it fails', async () => {
    const locks = installLocks();
    const { room, read, at } = openRoom();
    void read(undefined, 'look');
    await settle();
    at(0).drop();
    await settle();
    expect(room.turn).toBeUndefined();
    expect(locks.held()).toEqual([]);
  });

  it('is made without the lock where another tab has it', async () => {
    const locks = installLocks();
    const { room, read, at, lock } = openRoom();
    locks.takeElsewhere(lock);
    const answer = read(undefined, 'look');
    await settle();
    at(0).tell(null);
    expect(await answer).toMatchObject({ record: null });
    expect(room.turn).toBeUndefined();
  });
});

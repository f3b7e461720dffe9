// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { isTokenAvailable, registerOnce } from '../../src/client/registerOnce';
import { noteAnswer, roomOf } from '../../src/client/subject';
import { sampleRecord } from '../../src/testing/sampleStates';
import { installLocks } from './fakeLocks';
import { manualBackend, settle } from './manualBackend';
import { openGate, pass, withVirtualTime } from './openGate';
import { accepted, beOnline, openRegistration, watch } from './openRegistration';
import { pageIs } from './pageOfAge';

withVirtualTime();

let tokens = 0;
const newToken = () => ({ vendor: 'persona', shareToken: `cnst_once_${++tokens}` }) as const;

describe('registering', () => {
  it('happens once, however many ask for it at a time', async () => {
    const { room, register, methods, at } = openRegistration();
    const all = [register(), register(), register()];
    await settle();
    expect(room.isRegistering).toBe(true);
    at(0).answer(accepted());
    await Promise.all(all);
    expect(methods()).toEqual(['POST']);
    expect(room).toMatchObject({ isRegistering: false, registration: { outcome: 'accepted', attempt: 1 } });
  });

  it('leaves a country beside a Persona token out, and keeps it beside a Sumsub token', async () => {
    for (const vendor of ['persona', 'sumsub'] as const) {
      const { register, at } = openRegistration();
      const token = { vendor, shareToken: `cnst_country_${vendor}`, email: 'a@example.com', country: 'US' };
      const done = register(token as never);
      await settle();
      const { country, ...rest } = token;
      expect(await at(0).request.json()).toEqual(vendor === 'persona' ? rest : { ...rest, country });
      at(0).answer(accepted());
      await done;
    }
  });

  it('tells every gate, once it has ended', async () => {
    const { room, register, at } = openRegistration();
    const heard = vi.fn();
    room.gates.add(heard);
    const done = register();
    await settle();
    expect(heard).not.toHaveBeenCalled();
    at(0).answer(accepted());
    await done;
    expect(heard).toHaveBeenCalledOnce();
  });

  it('looks first where nobody has looked, and sends nothing where there is a record', async () => {
    const { room, register, methods, at } = openRegistration();
    const done = register(undefined, false);
    await settle();
    at(0).tell(sampleRecord);
    await done;
    expect(methods()).toEqual(['GET']);
    expect(room.registration).toBeUndefined();
    expect(room.recordSeen).toBe(true);
  });

  it('whose look fails ends as a failed read, not as a registration', async () => {
    const locks = installLocks();
    const { room, register, methods, at } = openRegistration();
    watch(room);
    const done = register(undefined, false);
    await settle();
    at(0).drop();
    await done;
    await settle();
    expect(methods()).toEqual(['GET']);
    expect(room).toMatchObject({ isRegistering: false, failed: { count: 1, failure: { code: 'unreachable' } } });
    expect(room.registration).toBeUndefined();
    expect(locks.held()).toEqual([]);
  });

  it('sends nothing where a gate has read a record while the token was being fetched', async () => {
    const { room, register, methods } = openRegistration();
    let give: (token: ReturnType<typeof newToken>) => void = () => {};
    const done = register(() => new Promise((resolve) => (give = resolve)));
    await settle();
    noteAnswer(room, { record: sampleRecord, seq: 1, at: Date.now() });
    give(newToken());
    await done;
    expect(methods()).toEqual([]);
    expect(room.registration).toBeUndefined();
  });

  it('counts a token that was not sent and one that was lost as one run, which an acceptance ends', async () => {
    const { room, register, at } = openRegistration();
    const answers = [
      () => at(0).answer(Response.json({ error: { notSent: true } }, { status: 502 })),
      () => at(1).drop(),
      () => at(2).answer(accepted()),
    ];
    const ends: unknown[] = [];
    for (const answer of answers) {
      const done = register();
      await settle();
      answer();
      await done;
      ends.push([room.registration?.outcome, room.registration?.attempt]);
    }
    expect(ends).toEqual([
      ['notSent', 1],
      ['unknown', 2],
      ['accepted', 1],
    ]);
  });
});

describe('a confirmed answer to the POST', () => {
  it('counts as the latest read, made after the registration', async () => {
    const { room, register, at } = openRegistration();
    const done = register();
    await settle();
    at(0).tell(sampleRecord, true);
    await done;
    expect(room.answer).toMatchObject({ record: sampleRecord });
    expect(room.lastRead).toMatchObject({ seq: room.answer?.seq, at: room.answer?.at });
    expect(room.answer?.seq).toBeGreaterThan(room.registration?.seq ?? Infinity);
  });

  it('is about its own subject only', async () => {
    const { target, room, register, at } = openRegistration();
    const other = roomOf({ ...target, subject: 'u2' });
    const done = register();
    await settle();
    at(0).tell(sampleRecord, true);
    await done;
    expect(room.recordSeen).toBe(true);
    expect(other.answer).toBeUndefined();
    expect(other.record).toBeUndefined();
  });

  it.each([false, 'true', 1, null])('is none where `confirmed` is %o', async (confirmed) => {
    const { room, register, at } = openRegistration();
    const done = register();
    await settle();
    at(0).answer(Response.json({ withdrawer: { verification: { status: 'approved', attested: true } }, confirmed }));
    await done;
    expect(room.registration).toMatchObject({ outcome: 'accepted' });
    expect(room.answer).toBeUndefined();
    expect(room.lastRead.seq).toBe(0);
  });
});

describe('a fixed token', () => {
  it('is spent once it was sent, for every gate on the page', async () => {
    const [token, first, second] = [newToken(), openRegistration(), openRegistration()];
    expect(isTokenAvailable(token)).toBe(true);
    const done = first.register(token);
    await settle();
    expect(await first.at(0).request.json()).toEqual(token);
    first.at(0).answer(accepted());
    await done;
    expect(isTokenAvailable({ ...token })).toBe(false);
    await second.register({ ...token });
    expect(second.methods()).toEqual([]);
    expect(second.room.registration).toMatchObject({ outcome: 'refused', failure: { code: 'tokenSpent' } });
  });

  it('that a function gives again is not sent again', async () => {
    const { room, register, methods, at } = openRegistration();
    const token = newToken();
    const done = register(() => token);
    await settle();
    at(0).drop();
    await done;
    await register(() => token);
    expect(methods()).toEqual(['POST']);
    expect(room.registration).toMatchObject({ outcome: 'refused', failure: { code: 'tokenSpent' } });
  });

  it('that certainly was not used stays good', async () => {
    const { register, at } = openRegistration();
    const token = newToken();
    const done = register(token);
    await settle();
    at(0).answer(Response.json({}, { status: 401 }));
    await done;
    expect(isTokenAvailable(token)).toBe(true);
  });

  it('is not spent by a request that could not be made', async () => {
    const { room, target } = openRegistration();
    const token = newToken();
    // `Request` takes no URL with credentials.
    const url = new URL('https://user:password@manual.test/');
    await registerOnce(room, { ...target, url }, token, true);
    expect(room.registration).toMatchObject({ outcome: 'notSent', failure: { code: 'unreachable' } });
    expect(isTokenAvailable(token)).toBe(true);
  });

  it('stays in the browser while that is offline, and goes out once it is online again', async () => {
    pageIs(500);
    beOnline(false);
    const token = newToken();
    const { options, methods, at, target } = manualBackend();
    const fetch = (request: Request) =>
      navigator.onLine ? options.request.fetch(request) : Promise.reject(new TypeError('Failed to fetch'));
    const posted = vi.fn();
    const counting = (request: Request) => (request.method === 'POST' && posted(), fetch(request));
    const { session, close } = openGate('u1', {
      ...options,
      shareToken: token,
      initialRecord: { subject: 'u1', record: null },
      request: { fetch: counting },
    });
    // Longer than the tries that it may make by itself would last.
    await pass(120_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'offline' } });
    expect(posted).not.toHaveBeenCalled();
    expect(isTokenAvailable(token)).toBe(true);
    expect(roomOf(target).registration).toMatchObject({ outcome: 'notSent' });
    beOnline(true);
    await pass(0);
    at(0).tell(null);
    await pass(0);
    expect(methods()).toEqual(['GET', 'POST']);
    expect(await at(1).request.json()).toEqual(token);
    close();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { after, dropped, json, type KitOptions, mint, openKit, silence, type Upstream } from './openKit';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const record = (status: string) => json(200, { withdrawer: { verification: { status } } });
const absent = json(401, { message: 'No withdrawer associated with wallet u1' });
const approved = record('approved');
const told = (status: string) => ({ withdrawer: { verification: { status, attested: false } } });
const confirmed = (status: string) => ({ ...told(status), confirmed: true });
const confirmedAbsent = { withdrawer: null, confirmed: true };

interface Script {
  /** What Get Withdrawer answers to each read, by number and by ms since the start. @default absent */
  readonly read?: (count: number, atMs: number) => Upstream;
  /** What Coinflow answers to the registration. @default a pending record */
  readonly register?: Upstream;
}

/** A kit, and what Coinflow sees of it. Time passes only by {@link after}. */
function openHold({ read = () => absent, register = record('pending') }: Script = {}, over: KitOptions = {}) {
  const beganAt = performance.now();
  const reads: { readonly atMs: number; readonly signal: AbortSignal }[] = [];
  const looksAt: number[] = [];
  let registrations = 0;
  const registered = new Set<string>();
  let isPosting = false;
  const kit = openKit((request) => {
    if (request.method === 'POST') {
      registrations++;
      registered.add(request.headers.get('x-coinflow-auth-user-id') ?? '');
      return register(request);
    }
    // The look before the registration.
    const userId = request.headers.get('x-coinflow-auth-user-id') ?? '';
    const atMs = performance.now() - beganAt;
    if (isPosting && !registered.has(userId)) {
      looksAt.push(atMs);
      return absent(request);
    }
    reads.push({ atMs, signal: request.signal });
    return read(reads.length, atMs)(request);
  }, over);
  return {
    ...kit,
    reads,
    /** When reads went out, in ms since the start. */
    readsAt: () => reads.map(({ atMs }) => atMs),
    /** The same, with the looks before registrations: what Coinflow's limit counts. */
    askedAt: () => [...looksAt, ...reads.map(({ atMs }) => atMs)],
    registrations: () => registrations,
    /** Sends a POST that the browser wants held. @param leaving aborts it */
    post(prefer = 'wait=8', leaving?: AbortController) {
      let isAnswered = false;
      isPosting = true;
      const headers: Record<string, string> = prefer ? { prefer } : {};
      const response = kit.post('{}', headers, leaving ? { signal: leaving.signal } : {});
      void response.then(() => (isAnswered = true));
      return {
        isAnswered: () => isAnswered,
        headers: async () => (await response).headers,
        /** Status, body and `Preference-Applied`. */
        async answer(): Promise<[number, unknown, string | null]> {
          const { status, headers: sent } = await response;
          return [status, await (await response).json(), sent.get('preference-applied')];
        },
      };
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A vendor that takes its time. */
const slowly = (ms: number) => async () => {
  await pause(ms);
  return mint();
};

/** The most that lie in any 10 s. */
const mostIn10s = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 10_000).length));

describe('a POST with `Prefer: wait`', () => {
  it('is answered at once where the record is readable at once: one registration, one read', async () => {
    const { post, readsAt, registrations } = openHold({ read: () => approved });
    const held = post();
    await after(0);
    expect(await held.answer()).toEqual([200, confirmed('approved'), 'wait']);
    expect([registrations(), readsAt()]).toEqual([1, [0]]);
  });

  it('is held until the record is readable', async () => {
    const { post, readsAt } = openHold({ read: (_, atMs) => (atMs < 2_000 ? absent : approved) });
    const held = post();
    await after(1_999);
    expect(held.isAnswered()).toBe(false);
    await after(1);
    expect(await held.answer()).toEqual([200, confirmed('approved'), 'wait']);
    expect(readsAt()).toEqual([0, 350, 800, 1_350, 2_000]);
  });

  it('is answered after 8 s where the record does not come: still absent, as Get Withdrawer told', async () => {
    const { post, readsAt, errors } = openHold();
    const held = post('wait=60');
    await after(7_999);
    expect(held.isAnswered()).toBe(false);
    await after(1);
    expect(await held.answer()).toEqual([200, confirmedAbsent, 'wait']);
    expect(readsAt()).toEqual([0, 350, 800, 1_350, 2_000, 2_700, 3_600, 5_000]);
    expect(errors).toEqual([]);
  });

  it.each<[string, string, KitOptions, number]>([
    ['the browser asks', 'wait=1', {}, 1_000],
    ['the browser asks, among other wishes', 'respond-async, wait=2; foo="bar"', { holdMs: 20_000 }, 2_000],
    ['`holdMs` allows', 'wait=8', { holdMs: 3_000 }, 3_000],
  ])('is held no longer than %s', async (_, prefer, over, ms) => {
    const held = openHold({}, over).post(prefer);
    await after(ms - 1);
    expect(held.isAnswered()).toBe(false);
    await after(1);
    expect(await held.answer()).toEqual([200, confirmedAbsent, 'wait']);
  });

  it('is answered 8 s after it came, however long the registration took', async () => {
    const { post, readsAt } = openHold({}, { shareTokens: slowly(3_000) });
    const held = post();
    await after(7_999);
    expect(held.isAnswered()).toBe(false);
    await after(1);
    expect(await held.answer()).toEqual([200, confirmedAbsent, 'wait']);
    expect(readsAt()[0]).toBeGreaterThanOrEqual(3_000);
  });

  it('is not held where the registration took longer: answered as without the header', async () => {
    const { post, reads } = openHold({}, { shareTokens: slowly(9_000) });
    const held = post();
    await after(9_000);
    expect(await held.answer()).toEqual([200, told('pending'), null]);
    expect(reads).toEqual([]);
  });

  it.each<[string, Upstream, number, unknown]>([
    ['pending', record('pending'), 200, confirmed('pending')],
    [
      'declined',
      json(451, { withdrawer: {}, verification: { status: 'rejected' }, rejectionReasons: ['blurred'] }),
      451,
      {
        ...confirmed('rejected'),
        verification: told('rejected').withdrawer.verification,
        rejectionReasons: ['blurred'],
      },
    ],
    [
      'blocked',
      json(200, { withdrawer: { verification: { status: 'approved' }, availability: { status: 'Blocked' } } }),
      200,
      { withdrawer: { ...told('approved').withdrawer, availability: { status: 'Blocked' } }, confirmed: true },
    ],
  ])('ends with a record that is %s: it is there', async (_, upstream, status, expected) => {
    const { post, reads } = openHold({ read: () => upstream });
    const held = post();
    await after(0);
    expect(await held.answer()).toEqual([status, expected, 'wait']);
    expect(reads).toHaveLength(1);
  });

  it('waits for an expired record to be renewed', async () => {
    const { post } = openHold({ read: (_, atMs) => (atMs < 1_350 ? record('expired') : approved) });
    const held = post();
    await after(1_350);
    expect(await held.answer()).toEqual([200, confirmed('approved'), 'wait']);
  });

  it('tells of an expired record that is not renewed in time', async () => {
    const held = openHold({ read: () => record('expired') }).post();
    await after(8_000);
    expect(await held.answer()).toEqual([200, confirmed('expired'), 'wait']);
  });

  it('goes on after a read that fails, and reports it', async () => {
    const { post, errors } = openHold({ read: (count) => (count === 1 ? json(500, {}) : approved) });
    const held = post();
    await after(350);
    expect(await held.answer()).toEqual([200, confirmed('approved'), 'wait']);
    expect(errors.map(({ code }) => code)).toEqual(['upstreamFailed']);
  });

  it('tells what it read last, where later reads fail', async () => {
    const held = openHold({ read: (count) => (count === 1 ? absent : dropped) }).post();
    await after(8_000);
    expect(await held.answer()).toEqual([200, confirmedAbsent, 'wait']);
  });

  it.each<[string, Upstream, Upstream, number, unknown]>([
    ['a 500', json(500, {}), record('pending'), 200, told('pending')],
    ['a 500, and no record in Coinflow’s answer to the POST either', json(500, {}), json(200, {}), 202, {}],
    ['a bad key', json(401, {}), record('pending'), 200, told('pending')],
    ['another shape', json(200, { ok: true }), record('pending'), 200, told('pending')],
    ['no connection', dropped, record('pending'), 200, told('pending')],
  ])('is answered as without the header where every read meets %s', async (_, read, register, status, expected) => {
    const held = openHold({ read: () => read, register }).post();
    await after(7_999);
    expect(held.isAnswered()).toBe(false);
    await after(1);
    expect(await held.answer()).toEqual([status, expected, null]);
  });

  it('ends with a 429, and asks no more: what was read before is told', async () => {
    const { post, reads, errors } = openHold({ read: (count) => (count < 3 ? absent : json(429, {})) });
    const held = post();
    await after(800);
    expect(await held.answer()).toEqual([200, confirmedAbsent, 'wait']);
    await after(60_000);
    expect(reads).toHaveLength(3);
    expect(errors.map(({ code }) => code)).toEqual(['rateLimited']);
  });

  it('ends with a 429 of the first read: answered as without the header', async () => {
    const held = openHold({ read: () => json(429, {}, { 'retry-after': '7' }) }).post();
    await after(0);
    expect(await held.answer()).toEqual([200, told('pending'), null]);
  });

  it('is answered in time though a read hangs, which is let go of then', async () => {
    const { post, reads, errors } = openHold({ read: () => silence }, { timeoutMs: 60_000 });
    const held = post();
    await after(7_999);
    expect([held.isAnswered(), reads.map(({ signal }) => signal.aborted)]).toEqual([false, [false]]);
    await after(1);
    expect(await held.answer()).toEqual([200, told('pending'), null]);
    await after(0);
    expect([reads.map(({ signal }) => signal.aborted), errors, vi.getTimerCount()]).toEqual([[true], [], 0]);
  });

  it('is refused as ever where Coinflow refuses the token: nothing is read', async () => {
    const { post, reads } = openHold({ register: json(400, {}) });
    const held = post();
    await after(0);
    expect((await held.answer())[0]).toBe(400);
    expect(reads).toEqual([]);
  });
});

describe('a POST is answered as before', () => {
  it.each([
    ['without the header', '', {}],
    ['with `holdMs: 0`', 'wait=8', { holdMs: 0 }],
    ...[
      'wait',
      'wait=',
      'wait=soon',
      'wait=-1',
      'wait=1.5',
      'wait=0',
      'wait=99999999',
      'nowait=8',
      'respond-async',
      'return=minimal; waiting=8',
    ].map((prefer): [string, string, KitOptions] => [`with \`Prefer: ${prefer}\``, prefer, {}]),
  ])('%s', async (_, prefer, over) => {
    const { post, reads } = openHold({}, over);
    const held = post(prefer);
    await after(0);
    expect(await held.answer()).toEqual([200, told('pending'), null]);
    expect([reads, vi.getTimerCount()]).toEqual([[], 0]);
  });

  it.each([
    ['approved', record('approved')],
    [
      'approved, and says so of itself',
      json(200, { withdrawer: { verification: { status: 'approved' } }, confirmed: true }),
    ],
  ])('and never confirmed, when Coinflow’s answer to the registration is %s', async (_, register) => {
    for (const [prefer, read] of [
      ['', approved],
      ['wait=8', dropped],
    ] as const) {
      const held = openHold({ register, read: () => read }).post(prefer);
      await after(8_000);
      expect(await held.answer()).toEqual([200, told('approved'), null]);
    }
  });
});

it('a GET is never held, nor marked as confirmed', async () => {
  const { get, reads } = openHold();
  const response = await get('?subject=u1', { headers: { prefer: 'wait=8' } });
  expect([await response.json(), response.headers.get('preference-applied')]).toEqual([{ withdrawer: null }, null]);
  expect(reads).toHaveLength(1);
});

describe('several POSTs of one user', () => {
  it('that join one registration share one watcher: each is told, and no read is made twice', async () => {
    const { post, reads, registrations } = openHold(
      { read: (_, atMs) => (atMs < 800 ? absent : approved) },
      { shareTokens: slowly(100) },
    );
    const all = [post(), post(), post()];
    await after(1_450);
    for (const held of all) expect(await held.answer()).toEqual([200, confirmed('approved'), 'wait']);
    expect([registrations(), reads.length]).toEqual([1, 3]);
  });

  it('are each answered in their own time', async () => {
    const { post, readsAt } = openHold();
    const [short, long] = [post('wait=1'), post('wait=3')];
    await after(1_000);
    expect([short.isAnswered(), long.isAnswered()]).toEqual([true, false]);
    await after(2_000);
    expect(await long.answer()).toEqual([200, confirmedAbsent, 'wait']);
    expect(readsAt()).toEqual([0, 350, 800, 1_350, 2_000, 2_700]);
  });

  it('that meet a registration which stands are held as well', async () => {
    const { post, registrations } = openHold({ read: (_, atMs) => (atMs < 12_000 ? absent : approved) });
    const first = post();
    await after(8_000);
    expect(await first.answer()).toEqual([200, confirmedAbsent, 'wait']);
    const second = post();
    await after(8_000);
    expect(await second.answer()).toEqual([200, confirmed('approved'), 'wait']);
    expect(registrations()).toBe(1);
  });

  it('are told only of reads that began after they came: an earlier one may not know of their registration', async () => {
    const { post, reads } = openHold(
      {
        read: () => async (request) => {
          await pause(200);
          return approved(request);
        },
      },
      { timeoutMs: 1_000 },
    );
    const first = post();
    await after(100);
    const second = post();
    await after(100);
    expect([first.isAnswered(), second.isAnswered(), reads.length]).toEqual([true, false, 1]);
    await after(350);
    expect(await second.answer()).toEqual([200, confirmed('approved'), 'wait']);
    expect(reads).toHaveLength(2);
  });
});

it('two users have a watcher each', async () => {
  const { send, asked } = openHold(
    {},
    { authenticate: ({ url }) => ({ userId: new URL(url).searchParams.get('subject') ?? '', email: 'a@example.com' }) },
  );
  const headers = { 'content-type': 'application/json', prefer: 'wait=1' };
  for (const subject of ['u1', 'u2']) void send('POST', { query: `?subject=${subject}`, body: '{}', headers });
  await after(1_000);
  const readers = asked.filter(({ method }) => method === 'GET').map((it) => it.headers.get('x-coinflow-auth-user-id'));
  // A look before each registration, and three reads.
  expect(readers.sort()).toEqual([...Array<string>(4).fill('u1'), ...Array<string>(4).fill('u2')]);
});

describe('a browser that leaves', () => {
  it('ends the hold: nothing is read any more, no timer is left, and nothing is reported', async () => {
    const { post, reads, errors, registrations } = openHold();
    const leaving = new AbortController();
    const held = post('wait=8', leaving);
    await after(400);
    expect(reads).toHaveLength(2);
    leaving.abort();
    await held.answer();
    await after(0);
    expect(vi.getTimerCount()).toBe(0);
    await after(60_000);
    expect([reads.length, registrations(), errors]).toEqual([2, 1, []]);
  });

  it('lets go of the read that is out', async () => {
    const { post, reads, errors } = openHold({ read: () => silence }, { timeoutMs: 60_000 });
    const leaving = new AbortController();
    const held = post('wait=8', leaving);
    await after(100);
    leaving.abort();
    await held.answer();
    await after(0);
    expect([reads.map(({ signal }) => signal.aborted), errors, vi.getTimerCount()]).toEqual([[true], [], 0]);
  });

  it('before its registration is through is not waited for', async () => {
    const { post, reads, registrations } = openHold({}, { shareTokens: slowly(1_000) });
    const leaving = new AbortController();
    const held = post('wait=8', leaving);
    await after(500);
    leaving.abort();
    await after(500);
    await held.answer();
    expect([registrations(), reads, vi.getTimerCount()]).toEqual([1, [], 0]);
  });

  it('leaves those alone who still wait', async () => {
    const { post } = openHold({ read: (_, atMs) => (atMs < 2_000 ? absent : approved) });
    const leaving = new AbortController();
    const [left, stays] = [post('wait=8', leaving), post()];
    await after(1_000);
    leaving.abort();
    await left.answer();
    await after(1_000);
    expect(await stays.answer()).toEqual([200, confirmed('approved'), 'wait']);
  });

  it('leaves nothing of its watcher: the next hold starts afresh', async () => {
    const { post, readsAt } = openHold();
    const leaving = new AbortController();
    void post('wait=8', leaving);
    await after(500);
    leaving.abort();
    await after(20_000);
    const held = post('wait=1');
    await after(1_000);
    expect(await held.answer()).toEqual([200, confirmedAbsent, 'wait']);
    expect(readsAt()).toEqual([0, 350, 20_500, 20_850, 21_300]);
  });
});

describe('within any 10 s', () => {
  it('a hold makes 8 reads at most, however long it lasts, and goes on', async () => {
    const { post, readsAt } = openHold({}, { holdMs: 60_000 });
    const held = post('wait=60');
    await after(60_000);
    expect(await held.answer()).toEqual([200, confirmedAbsent, 'wait']);
    expect(mostIn10s(readsAt())).toBe(8);
    expect(readsAt().at(-1)).toBeGreaterThan(55_000);
  });

  it('a hold and the browser’s own GET before it make 9', async () => {
    const { get, post, readsAt } = openHold();
    await get();
    void post();
    await after(8_000);
    expect(readsAt()).toEqual([0, 0, 350, 800, 1_350, 2_000, 2_700, 3_600, 5_000]);
  });

  it('holds that follow on each other make 9', async () => {
    const { get, post, readsAt } = openHold();
    await get();
    for (let count = 0; count < 6; count++) {
      const held = post('wait=2');
      await after(2_000);
      await held.answer();
    }
    expect(mostIn10s(readsAt())).toBe(9);
  });

  it('a hold steps back for the GETs of other tabs, which are always answered', async () => {
    const { get, post, askedAt } = openHold();
    const held = post();
    for (let count = 0; count < 5; count++) {
      await after(100);
      expect((await get()).status).toBe(200);
    }
    await after(7_500);
    expect(await held.answer()).toEqual([200, confirmedAbsent, 'wait']);
    expect(mostIn10s(askedAt())).toBe(9);
  });
});

it('a GET that is held after a POST looks as often as one without: the POST’s many reads don’t slow it down', async () => {
  const { post, send, readsAt } = openHold({ read: (_, atMs) => (atMs >= 8_100 ? approved : absent) });
  const posted = post();
  await after(8_000);
  expect((await posted.answer())[1]).toEqual(confirmedAbsent);
  const known = (await posted.headers()).get('etag') ?? '';
  const held = send('GET', { headers: { prefer: 'wait=8', 'if-none-match': known } });
  await after(4_000);
  expect(readsAt().filter((atMs) => atMs > 8_000)).toHaveLength(1);
  expect(await (await held).json()).toEqual(told('approved'));
});

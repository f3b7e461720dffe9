import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSimulator, listen, userKeyOf } from '../../simulator';
import { jsonBytes, serveKit, serveRaw } from './serveKit';

/** The simulated services on real HTTP. Closed with the test. */
async function serveSimulator(options: Parameters<typeof createSimulator>[0] = {}) {
  const simulator = createSimulator(options);
  const services = await listen(simulator, { coinflow: 0, persona: 0, sumsub: 0, page: 0 });
  onTestFinished(() => services.close());
  return {
    ...simulator,
    urls: services.urls,
    registrations: (userId: string) =>
      simulator.log.filter(({ userKey, path }) => userKey === userKeyOf(userId) && path.endsWith('/kyc/share-token')),
    mints: (userId: string) =>
      simulator.log.filter(({ userKey, service }) => userKey === userKeyOf(userId) && service === 'persona'),
  };
}

describe('over real HTTP, under load', () => {
  it('a user’s ten requests at once are one registration, and all ten are told how it ended', async () => {
    const { urls, inject, registrations, mints } = await serveSimulator();
    inject({ service: 'coinflow', method: 'POST', kind: { delayMs: 1_000 }, times: 1 });
    const { post } = await serveKit(urls);
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('u1')));
    // One has the record in Coinflow's answer, the others are told that a registration was taken.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(202)]);
    expect([mints('u1').length, registrations('u1').length]).toEqual([1, 1]);
  });

  it.each<[string, (socket: Socket) => unknown, number, number, number]>([
    [
      'gets no answer are all told so, and so is the next: the token may have been used',
      (socket) => socket.resetAndDestroy(),
      503,
      503,
      1,
    ],
    [
      'meets a limit are all told so, and the next is a new one',
      (socket) => socket.write(jsonBytes(429, {})),
      429,
      202,
      2,
    ],
  ])('ten requests at once whose registration %s', async (_, fail, status, next, sent) => {
    let registrations = 0;
    const coinflow = await serveRaw((socket, { path }) =>
      !path.endsWith('/share-token')
        ? socket.write(jsonBytes(404, {}))
        : ++registrations === 1
          ? setTimeout(() => fail(socket), 1_000)
          : socket.write(jsonBytes(200, {})),
    );
    const persona = await serveRaw((socket) => socket.write(jsonBytes(201, { data: { id: 'cnst_1' } })));
    const { post } = await serveKit({ coinflow, persona });
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('u1')));
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(status));
    expect(registrations).toBe(1);
    expect((await post('u1')).status).toBe(next);
    expect(registrations).toBe(sent);
  });

  it(
    '200 users at once each get their own record and session key, by their own token, whatever the order of the answers',
    { timeout: 120_000 },
    async () => {
      const taken: { userId: string; token: string; email: string }[] = [];
      const later = (socket: { write(text: string): unknown }, text: string) =>
        setTimeout(() => socket.write(text), Math.random() * 60);
      const known = new Set<string>();
      const coinflow = await serveRaw((socket, { path, userId, body }) => {
        if (path.endsWith('/session-key')) return later(socket, jsonBytes(200, { key: `key of ${userId}` }));
        if (path.endsWith('/share-token')) {
          const { shareToken, email } = JSON.parse(body) as { shareToken: string; email: string };
          taken.push({ userId, token: shareToken, email });
          known.add(userId);
        }
        if (!known.has(userId)) return later(socket, jsonBytes(404, {}));
        return later(
          socket,
          jsonBytes(451, {
            withdrawer: { verification: { status: 'pending' } },
            verification: { status: 'pending' },
            verificationLink: `https://coinflow.cash/verify/${userId}`,
          }),
        );
      });
      const persona = await serveRaw((socket, { body }) =>
        later(socket, jsonBytes(201, { data: { id: `token for ${/inq_[\w-]+/.exec(body)?.[0]}` } })),
      );
      const { get, post, sessionKey } = await serveKit({ coinflow, persona }, {}, 30_000);

      async function journey(userId: string) {
        const first = await get(userId);
        const prefer = { headers: { prefer: 'wait=8' } };
        const [registered] = await Promise.all([post(userId, prefer), post(userId, prefer)]);
        const [record, key] = await Promise.all([get(userId), sessionKey(userId)]);
        return {
          statuses: [first.status, registered.status],
          texts: [await registered.text(), await record.text()],
          key: await key.text(),
        };
      }
      const users = Array.from({ length: 200 }, (_, i) => `u${i}x`);
      const seen = await Promise.all(users.map(journey));

      for (const [i, userId] of users.entries()) {
        expect(seen[i]?.statuses).toEqual([200, 451]);
        for (const text of seen[i]?.texts ?? []) expect(text.match(/u\d+x/g)).toEqual([userId]);
        expect(seen[i]?.key).toBe(JSON.stringify({ sessionKey: `key of ${userId}` }));
      }
      const inquiryOf = (userId: string) => `inq_${Buffer.from(`user:${userId}`).toString('base64url')}`;
      const byUser = (a: { userId: string }, b: { userId: string }) => a.userId.localeCompare(b.userId);
      expect(taken.sort(byUser)).toEqual(
        users
          .map((userId) => ({ userId, token: `token for ${inquiryOf(userId)}`, email: `${userId}@example.com` }))
          .sort(byUser),
      );
    },
  );
});

describe('over real HTTP, when the browser', () => {
  it('leaves while registering, the registration goes on, and the page that comes back needs no second token', async () => {
    const { urls, inject, registrations, mints } = await serveSimulator({ personaRedemptionMs: 0 });
    inject({ service: 'coinflow', method: 'POST', kind: { delayMs: 1_000 }, times: 1 });
    const { get, post, errors } = await serveKit(urls);
    const browser = new AbortController();
    const left = post('u1', { signal: browser.signal });
    await vi.waitFor(() => expect(mints('u1')).toHaveLength(1));
    browser.abort();
    await expect(left).rejects.toThrow('aborted');
    await wait(100);
    // Joins what is under way, or is told that it was.
    expect((await post('u1')).ok).toBe(true);
    expect((await get('u1')).status).toBe(200);
    expect((await post('u1')).status).toBe(202);
    expect([mints('u1').length, registrations('u1').length]).toEqual([1, 1]);
    expect(errors).toEqual([]);
  });

  it('leaves while its POST is held, Coinflow is asked no more, and nothing is reported', async () => {
    const { urls, log } = await serveSimulator({ personaRedemptionMs: 60_000 });
    const { post, errors } = await serveKit(urls);
    const reads = () => log.filter(({ service, method }) => service === 'coinflow' && method === 'GET').length;
    const browser = new AbortController();
    const left = post('u1', { signal: browser.signal, headers: { prefer: 'wait=8' } });
    await vi.waitFor(() => expect(reads()).toBeGreaterThan(0));
    browser.abort();
    await expect(left).rejects.toThrow('aborted');
    await wait(100);
    const asked = reads();
    await wait(1_500);
    expect([reads(), errors]).toEqual([asked, []]);
  });

  it('leaves while reading, Coinflow’s connection is let go too, and nothing is reported', async () => {
    let letGo: (event: string) => void;
    const gone = new Promise((resolve) => (letGo = resolve));
    let asked: () => void;
    const reading = new Promise<void>((resolve) => (asked = resolve));
    const coinflow = await serveRaw((socket) => {
      socket.on('close', () => letGo('let go'));
      asked();
    });
    const { get, errors } = await serveKit({ coinflow, persona: coinflow });
    const browser = new AbortController();
    const left = get('u1', { signal: browser.signal });
    await reading;
    browser.abort();
    await expect(left).rejects.toThrow('aborted');
    expect(await gone).toBe('let go');
    expect(errors).toEqual([]);
  });

  it('sends 64 kB, that is read; a byte more is refused, with or without a declared length, and nothing is asked', async () => {
    const { urls, log } = await serveSimulator();
    const { post } = await serveKit(urls);
    const body = (bytes: number) => '{}'.padEnd(bytes);
    const stream = (text: string) => ({ body: new Blob([text]).stream(), duplex: 'half' }) as RequestInit;
    expect((await post('u1', { body: body(65_537) })).status).toBe(413);
    expect((await post('u1', stream(body(65_537)))).status).toBe(413);
    expect(log).toEqual([]);
    expect((await post('u1', stream(body(65_536)))).status).toBe(200);
    expect((await post('u2', { body: body(65_536) })).status).toBe(200);
  });

  it('lets a body drip, neither that user’s other requests nor anybody’s wait for it, and its end is nobody’s failure', async () => {
    const { urls, registrations } = await serveSimulator();
    const { port, post, errors } = await serveKit(urls);
    const slow = connect(port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write(
      'POST /api/kyc?subject=u1 HTTP/1.1\r\nhost: shop.test\r\nx-test-user: u1\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{',
    );
    const drip = setInterval(() => slow.write(' '), 10);
    await wait(50);
    expect((await post('u1')).status).toBe(200);
    expect((await post('u2')).status).toBe(200);
    clearInterval(drip);
    slow.resetAndDestroy();
    await wait(100);
    expect(registrations('u1')).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  it('sends half a body and hangs up, no token is minted for it', async () => {
    const { urls, log } = await serveSimulator();
    const { port, errors, get } = await serveKit(urls);
    const socket = connect(port, '127.0.0.1');
    socket.end(
      'POST /api/kyc?subject=u1 HTTP/1.1\r\nhost: shop.test\r\nx-test-user: u1\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{}',
    );
    await new Promise((resolve) => socket.on('close', resolve).resume());
    expect(await (await get('u1')).json()).toEqual({ withdrawer: null });
    expect(log.map(({ service, method }) => `${service} ${method}`)).toEqual(['coinflow GET']);
    expect(errors).toEqual([]);
  });
});

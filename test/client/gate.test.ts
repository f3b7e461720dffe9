// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { roomOf } from '../../src/client/subject';
import { createFakeBackend } from '../../src/testing';
import { sampleRecord } from '../../src/testing/sampleStates';
import { installLocks } from './fakeLocks';
import { manualBackend } from './manualBackend';
import { merchant, openGate, pass, withVirtualTime } from './openGate';

const { simulator, newUser, requests } = merchant;

withVirtualTime();

describe('a gate, asking in order', () => {
  it('reads, registers, and reads again over a plain backend', async () => {
    const backend = createFakeBackend();
    const { states, close } = openGate('u1', backend);
    await pass(3_000);
    expect(backend.requests).toEqual(['GET', 'POST', 'GET']);
    expect(states).toEqual(['checking', 'registering', 'processing', 'ready']);
    close();
  });

  it('reads, registers, and opens on what a held POST confirms', async () => {
    const backend = createFakeBackend({ holdsPosts: true });
    const { states, close } = openGate('u1', { ...backend, request: { ...backend.request, preferWait: true } });
    await pass(60_000);
    expect(backend.requests).toEqual(['GET', 'POST']);
    expect(states).toEqual(['checking', 'registering', 'ready']);
    close();
  });

  it('takes a look that fails for a failed read: it looks again, and registers once', async () => {
    const backend = createFakeBackend({ reads: ['drop', 'absent', {}] });
    const { states, close } = openGate('u1', backend);
    await pass(6_000);
    expect(backend.requests).toEqual(['GET', 'GET', 'POST', 'GET']);
    expect(states).toEqual(['checking', 'registering', 'processing', 'ready']);
    close();
  });

  it('sends the POST right after the look, under the lock that it looked under', async () => {
    const locks = installLocks();
    const { options, methods, at } = manualBackend();
    const { close } = openGate('u1', options);
    const steps: unknown[] = [];
    await pass(0);
    steps.push([methods(), locks.held().length]);
    at(0).tell(null);
    await pass(0);
    steps.push([methods(), locks.held().length]);
    at(1).tell(sampleRecord, true);
    await pass(0);
    steps.push([methods(), locks.held().length]);
    expect(steps).toEqual([
      [['GET'], 1],
      [['GET', 'POST'], 1],
      [['GET', 'POST'], 0],
    ]);
    close();
  });

  it('looks again where another tab had the lock while it looked', async () => {
    const locks = installLocks();
    const { options, methods, at, target } = manualBackend();
    const letGo = locks.takeElsewhere(`kyc-reuse-gate ${roomOf(target).name}`);
    const { session, close } = openGate('u1', options);
    await pass(0);
    at(0).tell(null);
    await pass(1_000);
    expect(methods()).toEqual(['GET']);
    expect(session.getState().status).toBe('registering');
    letGo();
    await pass(0);
    expect(methods()).toEqual(['GET', 'GET']);
    at(1).tell(sampleRecord);
    await pass(1_000);
    expect(methods()).toEqual(['GET', 'GET']);
    expect(session.getState().status).toBe('ready');
    close();
  });

  it.each([
    ['there is a record', {}, sampleRecord, 'ready'],
    ['the record is blocked', {}, { ...sampleRecord, availability: 'Blocked' }, 'blocked'],
    ['consent comes first', { requireConsent: true }, null, 'consent'],
  ])('keeps the lock from no other tab where %s', async (_, more, record, status) => {
    const locks = installLocks();
    const { options, methods, at } = manualBackend();
    const { session, close } = openGate('u1', { ...options, ...more });
    await pass(0);
    at(0).tell(record);
    await pass(0);
    expect(session.getState().status).toBe(status);
    expect(methods()).toEqual(['GET']);
    expect(locks.held()).toEqual([]);
    close();
  });
});

describe('a gate, reading', () => {
  it('opens for a returning user after one GET, and stops asking', async () => {
    const user = newUser('returning');
    const { states, close } = openGate(user);
    await pass(60_000);
    expect(states).toEqual(['checking', 'ready']);
    expect(requests(user, 'GET')).toHaveLength(1);
    expect(requests(user, 'POST')).toHaveLength(0);
    close();
  });

  it('reads for itself, whatever a gate before it was told', async () => {
    const backend = createFakeBackend({ reads: [{}, { availability: 'Blocked' }] });
    const first = openGate('u1', backend);
    await pass(200);
    expect(first.states).toEqual(['checking', 'ready']);
    first.close();
    await pass(200);
    const { states, close } = openGate('u1', backend);
    await pass(200);
    expect(states).toEqual(['checking', 'blocked']);
    expect(backend.requests).toEqual(['GET', 'GET']);
    close();
  });

  it('shows a transient failure only after three in a row, keeps polling, and opens when the backend is back', async () => {
    const user = newUser('returning');
    simulator.inject({ service: 'coinflow', userKey: `user:${user}`, times: 4, kind: { status: 503 } });
    const { session, states, close } = openGate(user);
    await pass(0);
    expect(session.getState().status).toBe('checking');
    await pass(3_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'server' } });
    await pass(20_000);
    expect(states).toEqual(['checking', 'failed', 'ready']);
    close();
  });

  it('keeps the form open when later reads would fail, and never asks again', async () => {
    const user = newUser('returning');
    const { session, close } = openGate(user);
    await pass(100);
    simulator.inject({ service: 'coinflow', userKey: `user:${user}`, kind: { status: 500 } });
    session.recheck();
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(new Event('focus'));
    await pass(60_000);
    expect(session.getState().status).toBe('ready');
    close();
  });

  it.each([
    ['another shape', 'otherShape'],
    ['HTML', 'html'],
    ['nothing', 'empty'],
    ['10 MB', 'oversized'],
  ] as const)('stays closed with malformed when the endpoint answers %s', async (_, kind) => {
    const user = newUser('returning');
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    // The endpoint itself answers oddly here, not what is behind it.
    const odd = (request: Request) => simulator.coinflow(new Request(`https://odd.test/${kind}`, request));
    simulator.inject({ service: 'coinflow', path: `/${kind}`, kind });
    const { session, close } = openGate(user, { endpoint: `https://shop.test/${kind}`, request: { fetch: odd } });
    await pass(12_000);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'malformed' } });
    await pass(60_000);
    expect(session.getState().status).toBe('failed');
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain('Expected JSON: 200');
    close();
  });

  it('says misconfigured for a URL that answers 404 without JSON', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { session, close } = openGate(newUser('returning'), {
      request: {
        fetch: () =>
          Promise.resolve(
            new Response('<h1>Not found</h1>', { status: 404, headers: { 'content-type': 'text/html' } }),
          ),
      },
    });
    await pass(100);
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'misconfigured' } });
    expect(warn.mock.calls[0]?.[0]).toContain('endpoint');
    close();
  });

  it('that comes back reads anew, and opens on nothing that another gate has read meanwhile', async () => {
    const { options, methods, at } = manualBackend();
    const { session, close } = openGate('u1', options);
    await pass(0);
    close();
    await pass(0);
    const other = openGate('u1', options);
    await pass(0);
    at(1).tell(sampleRecord);
    await pass(0);
    expect(other.session.getState().status).toBe('ready');
    other.close();
    await pass(60_000);
    const leave = session.subscribe(() => {});
    await pass(0);
    expect(session.getState().status).toBe('checking');
    expect(methods()).toEqual(['GET', 'GET', 'GET']);
    at(2).tell({ ...sampleRecord, availability: 'Blocked' });
    await pass(0);
    expect(session.getState().status).toBe('blocked');
    leave();
  });
});

describe('a gate, leaving', () => {
  it('lets other tabs register once the last one has left', async () => {
    const locks = installLocks();
    const { options, at } = manualBackend();
    const { close } = openGate('u1', options);
    await pass(0);
    at(0).tell(null);
    await pass(0);
    at(1).answer(Response.json({}, { status: 202 }));
    await pass(0);
    expect(locks.held()).toHaveLength(1);
    close();
    await pass(0);
    expect(locks.held()).toEqual([]);
  });

  it('listens to the page no longer', async () => {
    const added = vi.spyOn(window, 'addEventListener');
    const removed = vi.spyOn(window, 'removeEventListener');
    const { close } = openGate('u1', createFakeBackend({ reads: [{ status: 'pending' }] }));
    await pass(200);
    close();
    await pass(0);
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });

  it('leaves no timer behind when the last listener has left', async () => {
    const { close } = openGate(newUser('slow'));
    await pass(5_000);
    close();
    await pass(400);
    expect(vi.getTimerCount()).toBe(0);
  });
});

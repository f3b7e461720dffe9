// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/client/gate';
import type { GateOptions } from '../../src/client/options';
import type { WithdrawerRecord } from '../../src/contract/record';
import { formatRecord } from '../../src/contract/wireAnswer';
import { sampleRecord } from '../../src/testing/sampleStates';
import { type FakeLocks, installLocks, silentLocks } from './fakeLocks';
import { manualBackend, settle } from './manualBackend';
import { pass, withVirtualTime } from './openGate';

withVirtualTime();

const pending: WithdrawerRecord = { ...sampleRecord, status: 'pending', attested: false };
const approved: WithdrawerRecord = { ...sampleRecord, status: 'approved' };

/** What a backend answers that gives its answers an ETag. */
function tagged(record: WithdrawerRecord | null, etag: string): Response {
  const { httpStatus, body } = formatRecord(record);
  return Response.json(body, { status: httpStatus, headers: { etag } });
}

/** A gate that waits for a pending record to be verified, and has read it once. */
async function openWaiting(options: Partial<GateOptions> = {}, etag: string | null = 'W/"1"') {
  const backend = manualBackend();
  const locks = installLocks();
  const open = () => {
    const session = createGate({
      ...backend.options,
      openWhen: 'verified',
      ...options,
      request: { ...backend.options.request, preferWait: true, ...options.request },
    });
    return { session, close: session.subscribe(() => {}) };
  };
  const { session, close } = open();
  await settle();
  if (etag) backend.at(0).answer(tagged(pending, etag));
  else backend.at(0).tell(pending);
  await settle();
  return { ...backend, locks, session, close, open };
}

/** The same, with its second read held by the backend. */
async function openWatching(options: Partial<GateOptions> = {}) {
  const gate = await openWaiting(options);
  await pass(1_000);
  expect(isHeld(gate.at(1).request)).toBe(true);
  return gate;
}

/** Whether the request may be held until what the gate knows has changed. */
function isHeld({ headers }: Request): boolean {
  return headers.get('prefer') === 'wait=8' && headers.get('if-none-match') === 'W/"1"';
}

const holders = (locks: FakeLocks) => locks.held().filter((name) => name.endsWith(' watch'));

function setVisibility(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
  window.dispatchEvent(new Event('visibilitychange'));
}

describe('a gate that waits', () => {
  it('has its reads held until what it knows has changed, and opens by what it then hears', async () => {
    const { session, at, methods, close } = await openWatching();
    await pass(7_000);
    expect(methods()).toHaveLength(2);
    at(1).answer(tagged(approved, 'W/"2"'));
    await settle();
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('asks again at once when the backend could hold the read no longer', async () => {
    const { at, methods, close } = await openWatching();
    await pass(8_000);
    const answer = tagged(pending, 'W/"1"');
    answer.headers.set('preference-applied', 'wait');
    at(1).answer(answer);
    await pass(200);
    expect(methods()).toHaveLength(3);
    expect(isHeld(at(2).request)).toBe(true);
    close();
  });

  it('takes 304 for what it knows already, as backends answer that hold nothing', async () => {
    const { session, at, methods, close } = await openWatching();
    at(1).answer(new Response(null, { status: 304 }));
    await pass(200);
    expect(session.getState().status).toBe('processing');
    expect(methods()).toHaveLength(2);
    await pass(2_000);
    // Such a backend is asked plainly from then on: its ETag need not tell of every change.
    expect(at(2).request.headers.has('if-none-match')).toBe(false);
    at(2).answer(tagged(approved, 'W/"2"'));
    await settle();
    expect(session.getState().status).toBe('ready');
    close();
  });

  it.each([
    ['431, as servers refuse long headers', 431],
    ['400, as firewalls refuse headers they don’t know', 400],
    ['504, as proxies end what takes long', 504],
  ])('is told by a plain read what is wrong after %s', async (_, status) => {
    const { session, at, methods, close } = await openWatching();
    at(1).answer(new Response('<h1>No</h1>', { status }));
    await pass(2_000);
    expect(session.getState().status).toBe('processing');
    expect(methods()).toHaveLength(3);
    expect(at(2).request.headers.has('if-none-match')).toBe(false);
    at(2).answer(tagged(approved, 'W/"2"'));
    await settle();
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('reads plainly where the browser never says whether another tab holds one', async () => {
    const { at, methods, close } = await openWaiting();
    silentLocks();
    await pass(4_500);
    expect(methods()).toHaveLength(2);
    at(1).answer(tagged(pending, 'W/"1"'));
    await pass(4_000);
    expect(methods()).toHaveLength(3);
    expect(at(2).request.headers.has('if-none-match')).toBe(false);
    close();
  });

  it.each([
    ['the backend gives no ETag', { request: {} }, null],
    ['requests must not ask to be held', { request: { preferWait: false } }, 'W/"1"'],
  ])('reads plainly where %s', async (_, options, etag) => {
    const { at, close } = await openWaiting(options, etag);
    await pass(1_000);
    expect(at(1).request.headers.has('prefer')).toBe(false);
    expect(at(1).request.headers.has('if-none-match')).toBe(false);
    close();
  });

  it('reads on plainly, without a failure, where something cuts off a read that waits', async () => {
    const { session, at, methods, close } = await openWatching();
    await pass(5_000);
    at(1).drop();
    await pass(200);
    expect(methods()).toHaveLength(3);
    expect(at(2).request.headers.has('prefer')).toBe(false);
    // Two failures of plain reads are not shown yet; three would be.
    for (const read of [2, 3]) {
      at(read).drop();
      await pass(4_000);
    }
    expect(session.getState().status).toBe('processing');
    at(4).answer(tagged(approved, 'W/"2"'));
    await settle();
    expect(session.getState().status).toBe('ready');
    close();
  });

  it('heeds the Retry-After of a held read, and reads plainly after it', async () => {
    const { at, methods, close } = await openWatching();
    at(1).answer(new Response('<h1>Gateway Timeout</h1>', { status: 504, headers: { 'retry-after': '30' } }));
    await pass(29_000);
    expect(methods()).toHaveLength(2);
    await pass(2_000);
    expect(methods()).toHaveLength(3);
    expect(at(2).request.headers.has('if-none-match')).toBe(false);
    close();
  });

  it('is signed out at once when a held read says so', async () => {
    const { session, at, close } = await openWatching();
    at(1).answer(Response.json({}, { status: 401 }));
    await settle();
    expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'unauthenticated' } });
    close();
  });
});

describe('a held read', () => {
  it('ends when the page is hidden, and a plain one goes out when it is shown again', async () => {
    const { at, methods, locks, close } = await openWatching();
    expect(holders(locks)).toHaveLength(1);
    setVisibility('hidden');
    await settle();
    expect(at(1).request.signal.aborted).toBe(true);
    expect(holders(locks)).toEqual([]);
    await pass(20_000);
    expect(methods()).toHaveLength(2);
    setVisibility('visible');
    await settle();
    expect(methods()).toHaveLength(3);
    expect(at(2).request.headers.has('prefer')).toBe(false);
    close();
  });

  it('is not trusted after the network came back', async () => {
    const { at, methods, close } = await openWatching();
    window.dispatchEvent(new Event('online'));
    await settle();
    expect(at(1).request.signal.aborted).toBe(true);
    expect(methods()).toHaveLength(3);
    close();
  });

  it('gives way to what the user asks for', async () => {
    const { session, at, methods, close } = await openWatching();
    session.recheck();
    await pass(0);
    expect(at(1).request.signal.aborted).toBe(true);
    expect(methods()).toHaveLength(3);
    expect(at(2).request.headers.has('prefer')).toBe(false);
    close();
  });

  it('does not keep another gate waiting, which reads for itself', async () => {
    const { at, methods, open, close } = await openWatching();
    const other = open();
    await pass(0);
    expect(methods()).toHaveLength(3);
    at(2).answer(tagged(approved, 'W/"2"'));
    await pass(0);
    expect(other.session.getState().status).toBe('ready');
    other.close();
    close();
  });

  it('is for one tab of the browser: the others read plainly', async () => {
    const gate = await openWaiting();
    const release = gate.locks.takeElsewhere('kyc-reuse-gate watch');
    await pass(1_000);
    expect(gate.at(1).request.headers.has('prefer')).toBe(false);
    gate.at(1).answer(tagged(pending, 'W/"1"'));
    release();
    await pass(2_000);
    expect(isHeld(gate.at(2).request)).toBe(true);
    gate.close();
  });

  it('ends with the last gate', async () => {
    const { at, locks, close } = await openWatching();
    close();
    await settle();
    expect(at(1).request.signal.aborted).toBe(true);
    expect(holders(locks)).toEqual([]);
  });
});

it('no read waits after a POST whose answer was lost: it decides when to register again', async () => {
  const { options, at, methods } = manualBackend();
  installLocks();
  const session = createGate({ ...options, request: { ...options.request, preferWait: true } });
  const close = session.subscribe(() => {});
  await settle();
  at(0).answer(tagged(null, 'W/"1"'));
  await settle();
  at(1).drop();
  await pass(0);
  for (let read = 2; read < 6; read++) {
    at(read).answer(tagged(null, 'W/"1"'));
    await pass(3_000);
  }
  expect(methods().slice(0, 6)).toEqual(['GET', 'POST', 'GET', 'GET', 'GET', 'GET']);
  for (let read = 2; read < 6; read++) expect(at(read).request.headers.has('prefer')).toBe(false);
  close();
});

// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import * as engineModule from '../../src/client/createGateEngine';
import { createGateSession } from '../../src/client/createGateSession';
import { createFakeBackend, sampleRecord } from '../../src/testing';

/** A backend whose GETs never answer, and what it was asked. */
function silentBackend() {
  const requests: Request[] = [];
  return {
    requests,
    endpoint: `https://silent.test/${Math.random()}`,
    request: { fetch: (request: Request) => new Promise<never>(() => requests.push(request)) },
  };
}

it('ends the first read with the gate, also where another gate of the same user had one out already', async () => {
  const { requests, ...backend } = silentBackend();
  const load = () => Promise.resolve(engineModule);
  const leave = [1, 2].map(() => createGateSession({ load }, { ...backend, subject: 'u' }).subscribe(() => {}));
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  // By then their engines run.
  await new Promise((resolve) => setTimeout(resolve));
  leave.forEach((it) => it());
  await vi.waitFor(() => expect(requests.map(({ signal }) => signal.aborted)).toEqual([true, true]));
});

it('ends the first read where the engine could not be loaded', async () => {
  const { requests, ...backend } = silentBackend();
  createGateSession({ load: () => Promise.reject(new Error('chunk')) }, { ...backend, subject: 'u' }).subscribe(
    () => {},
  );
  await vi.waitFor(() => expect(requests[0]?.signal.aborted).toBe(true));
});

it('keeps a form open that an initialRecord opened, while an engine that failed to load is loaded again', async () => {
  const { endpoint, request } = createFakeBackend();
  let loads = 0;
  const load = () => (++loads === 1 ? Promise.reject(new Error('chunk')) : Promise.resolve(engineModule));
  const session = createGateSession(
    { load },
    { endpoint, request, subject: 'u', initialRecord: { subject: 'u', record: sampleRecord } },
  );
  const states: string[] = [];
  session.subscribe(() => states.push(session.getState().status));
  await vi.waitFor(() => expect(loads).toBe(1));
  await new Promise((resolve) => setTimeout(resolve));
  states.length = 0;
  session.recheck();
  await vi.waitFor(() => expect(loads).toBe(2));
  await new Promise((resolve) => setTimeout(resolve));
  expect(new Set(states)).toEqual(new Set(['ready']));
});

it('does not take a load that failed after everybody had left for the one of whoever came back', async () => {
  const { requests, ...backend } = silentBackend();
  const failing: (() => void)[] = [];
  const load = () => new Promise<never>((_, reject) => failing.push(() => reject(new Error('chunk'))));
  const session = createGateSession({ load }, { ...backend, subject: 'u' });
  session.subscribe(() => {})();
  await new Promise((resolve) => setTimeout(resolve));
  const leave = session.subscribe(() => {});
  failing[0]?.();
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  expect(session.getState().status).toBe('checking');
  leave();
  await vi.waitFor(() => expect(requests[1]?.signal.aborted).toBe(true));
});

it('says after 30 s that its engine has not come, and goes on with the engine when it is asked to', async () => {
  vi.useFakeTimers();
  const { endpoint, request } = createFakeBackend();
  const requests: Request[] = [];
  const fetch = (it: Request) => {
    requests.push(it);
    return requests.length === 1 ? new Promise<never>(() => {}) : request.fetch(it);
  };
  let arrive = (): void => {};
  const load = () => new Promise<typeof engineModule>((resolve) => (arrive = () => resolve(engineModule)));
  const session = createGateSession({ load }, { endpoint, request: { fetch }, subject: 'u' });
  const leave = session.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(29_999);
  expect(session.getState().status).toBe('checking');
  await vi.advanceTimersByTimeAsync(1);
  expect(session.getState()).toMatchObject({ status: 'failed', failure: { code: 'unreachable' }, canRetry: true });
  session.retry();
  expect(session.getState().status).toBe('checking');
  arrive();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(session.getState().status).toBe('ready');
  leave();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it('leaves no timer where it is left before its engine comes', async () => {
  vi.useFakeTimers();
  const { endpoint, request } = createFakeBackend();
  createGateSession({ load: () => new Promise(() => {}) }, { endpoint, request, subject: 'u' }).subscribe(() => {})();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

import { describe, expect, it } from 'vitest';
import { createFakeBackend, type FakeScript } from '../../src/testing';

/** Asks a fake backend as a gate does. */
function open(script?: FakeScript) {
  const { endpoint, request, requests } = createFakeBackend(script);
  const send = async (init: RequestInit = {}, query = '') => {
    const response = await request.fetch(new Request(`${endpoint}?subject=u1${query}`, init));
    return [response.status, (await response.json()) as unknown] as const;
  };
  return {
    request,
    requests,
    get: () => send(),
    sessionKey: () => send({}, '&session=1'),
    post: (prefer?: string) =>
      send({ method: 'POST', body: '{}', ...(prefer !== undefined && { headers: { prefer } }) }),
  };
}

const verification = { status: 'approved', attested: false, vendor: 'persona' };
const approved = { withdrawer: { verification, availability: { status: 'Functional' } } };
const absent = { withdrawer: null };

describe('a fake backend', () => {
  it('has no record until something is registered, and an approved one from then on', async () => {
    const { get, post, requests } = open();
    expect(await get()).toEqual([200, absent]);
    expect(await post()).toEqual([200, approved]);
    expect(await get()).toEqual([200, approved]);
    expect(requests).toEqual(['GET', 'POST', 'GET']);
  });

  it('has none while registrations fail, and one after a registration that tells nothing', async () => {
    const { get, post } = open({ registrations: [{ httpStatus: 503 }, { httpStatus: 202 }] });
    expect((await post())[0]).toBe(503);
    expect(await get()).toEqual([200, absent]);
    expect((await post())[0]).toBe(202);
    expect(await get()).toEqual([200, approved]);
  });

  it('follows its script, whose last answer stays', async () => {
    const { get } = open({ reads: ['absent', { status: 'pending' }, { httpStatus: 429 }] });
    const statuses = [];
    for (let count = 0; count < 4; count++) statuses.push((await get())[0]);
    expect(statuses).toEqual([200, 200, 429, 429]);
  });

  it('gives a session key, and drops what it is told to drop', async () => {
    const { get, sessionKey } = open({ reads: ['drop'], sessionKey: 'k' });
    expect(await sessionKey()).toEqual([200, { sessionKey: 'k' }]);
    await expect(get()).rejects.toThrow(TypeError);
  });

  it('that holds POSTs answers with the next read, confirmed, where the gate asks for it', async () => {
    const { get, post, request } = open({ holdsPosts: true, reads: ['absent', 'absent', {}] });
    // A fake endpoint is never the page's own origin, where alone the gate asks of itself.
    expect(request).toHaveProperty('preferWait', true);
    expect(await get()).toEqual([200, absent]);
    expect(await post('wait=8')).toEqual([200, { ...absent, confirmed: true }]);
    expect(await post('wait=8')).toEqual([200, { ...approved, confirmed: true }]);
    expect(await post()).toEqual([200, approved]);
  });

  it('that holds POSTs confirms nothing where the registration, or the read after it, fails', async () => {
    const { post } = open({ holdsPosts: true, reads: ['drop'], registrations: [{ httpStatus: 400 }, {}] });
    expect(await post('wait=8')).toEqual([400, {}]);
    expect(await post('wait=8')).toEqual([200, approved]);
  });
});

import { describe, expect, it } from 'vitest';
import { createKycWebhookHandler, createMemoryStore } from '../../src/server';
import { json, openKit, withdrawer } from './openKit';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const random = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/;

/** The id that the answer to a request with these headers carries. */
async function idOf(headers: Record<string, string>): Promise<string | null> {
  return (await openKit().get('?subject=u1', { headers })).headers.get('x-request-id');
}

describe('the id of a request', () => {
  it.each([
    ['the one it came with', { 'x-request-id': 'Root-1.abc_9' }, 'Root-1.abc_9'],
    ['the one it came with, before its trace’s', { 'x-request-id': 'r1', traceparent }, 'r1'],
    ['its trace’s', { traceparent }, traceId],
    ['its trace’s, of a later version', { traceparent: `cc-${traceId}-00f067aa0ba902b7-01-what-ever` }, traceId],
    ['its trace’s, where its own could not stand in a log', { 'x-request-id': 'a b', traceparent }, traceId],
  ])('is %s', async (_, headers, id) => {
    expect(await idOf(headers)).toBe(id);
  });

  it.each([
    ['none', {}],
    ['an empty one', { 'x-request-id': '' }],
    ['one that is too long', { 'x-request-id': 'x'.repeat(65) }],
    ['one with markup', { 'x-request-id': '<b>' }],
    ['one with other letters', { 'x-request-id': 'caf\u00e9' }],
    ['a trace of zeros', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }],
    ['a span of zeros', { traceparent: `00-${traceId}-${'0'.repeat(16)}-01` }],
    ['a trace of a version that cannot be', { traceparent: `ff-${traceId}-00f067aa0ba902b7-01` }],
    ['a trace in upper case', { traceparent: traceparent.toUpperCase() }],
    ['a trace that is too short', { traceparent: `00-${traceId.slice(1)}-00f067aa0ba902b7-01` }],
  ])('is random and new where it came with %s', async (_, headers) => {
    const ids = [await idOf(headers), await idOf(headers)];
    for (const id of ids) expect(id).toMatch(random);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('stands in every answer, and pages of allowed origins may read it', async () => {
    const origin = 'https://app.example';
    const headers = { 'x-request-id': 'r1', origin };
    const { get, post, send } = openKit(json(500, {}), { allowedOrigins: [origin] });
    const answers = [
      await get('?subject=u1', { headers }),
      await get('?subject=u2', { headers }),
      await post('{}', headers),
      await send('OPTIONS', { headers }),
      await send('HEAD', { headers }),
      await send('PUT', { headers, body: '{}' }),
    ];
    for (const answer of answers) {
      expect(answer.headers.get('x-request-id')).toBe('r1');
      expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
    }
  });

  it('stands in the answer to a webhook', async () => {
    const handle = createKycWebhookHandler({ validationKey: 'k', store: createMemoryStore(), onError: () => {} });
    const request = new Request('https://shop.test', { method: 'POST', headers: { 'x-request-id': 'r1' }, body: '{}' });
    expect((await handle(request)).headers.get('x-request-id')).toBe('r1');
  });

  it('is not sent to Coinflow, which knows no such header', async () => {
    const { get, asked } = openKit(json(200, { withdrawer }));
    await get('?subject=u1', { headers: { 'x-request-id': 'r1', traceparent } });
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(asked.map((request) => [...request.headers]))).not.toMatch(new RegExp(`r1|trace|${traceId}`));
  });
});

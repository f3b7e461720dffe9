// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createFakeBackend, type FakeScript } from '../../src/testing';
import { pageHasNoTimeline, pageIs } from '../client/pageOfAge';
import { renderGate } from './renderGate';

const own = { children: 'Own payout' };
const status = () => document.querySelector<HTMLElement>('[data-kyc-gate]')?.dataset.kycGate;
const pause = (ms: number) => act(() => new Promise<void>((resolve) => setTimeout(resolve, ms)));

/** Renders a gate that asks for its POST to be held, over a backend that does so. */
function renderHeld(script: FakeScript) {
  const { endpoint, request, requests } = createFakeBackend({ holdsPosts: true, ...script });
  renderGate({}, { ...own, endpoint, request: { ...request, preferWait: true } });
  return requests;
}

describe('a held POST', () => {
  it('opens the gate by what it confirms, without another GET', async () => {
    const requests = renderHeld({});
    await screen.findByText('Own payout');
    await pause(1_000);
    expect(requests).toEqual(['GET', 'POST']);
  });

  it('that could confirm no record yet is followed by reads, and never by a second POST', async () => {
    const requests = renderHeld({ reads: ['absent', 'absent', 'absent', {}] });
    await screen.findByText('Own payout');
    expect(requests).toEqual(['GET', 'POST', 'GET', 'GET']);
  });

  it('that confirms a record which opens nothing says so at once', async () => {
    const requests = renderHeld({ reads: ['absent', { status: 'rejected' }] });
    await screen.findByText('Your verification was not accepted');
    expect(requests).toEqual(['GET', 'POST']);
  });

  const approved = { verification: { status: 'approved', attested: true } };
  it.each([
    ['says nothing of having asked', { withdrawer: approved }],
    ['says it in another way', { withdrawer: approved, confirmed: 'true' }],
    ['confirms what is no record', { withdrawer: {}, confirmed: true }],
    ['confirms nothing', { confirmed: true }],
  ])('whose answer %s opens nothing by itself', async (_, body) => {
    const { backend } = renderGate({ reads: ['absent'], registrations: [{ httpStatus: 200, body }] }, own);
    await waitFor(() => expect(backend.requests.slice(0, 3)).toEqual(['GET', 'POST', 'GET']));
    await pause(1_000);
    expect(status()).toBe('processing');
    expect(backend.requests.filter((request) => request === 'POST')).toHaveLength(1);
  });

  it.each([
    ['the page’s own origin', '/api/kyc', undefined, 'wait=8'],
    ['another origin', 'https://shop.test/api/kyc', undefined, null],
    ['another origin that lists the header', 'https://shop.test/api/kyc', true, 'wait=8'],
    ['the page’s own origin, where the merchant does not want it', '/api/kyc', false, null],
  ])('is asked for on %s, and of no GET that must come back at once', async (name, endpoint, preferWait, expected) => {
    const { request } = createFakeBackend();
    const asked: (readonly [string, string | null])[] = [];
    const fetch = (sent: Request) => {
      asked.push([sent.method, sent.headers.get('prefer')]);
      return request.fetch(sent);
    };
    renderGate({}, { ...own, endpoint: `${endpoint}/${asked.length}`, subject: name, request: { fetch, preferWait } });
    await screen.findByText('Own payout');
    expect(asked).toEqual([
      ['GET', null],
      ['POST', expected],
      ['GET', null],
    ]);
  });
});

describe('a server that has read "no record" while it rendered the page', () => {
  const initialRecord = { subject: 'u1', record: null };

  it('has the first gate register at once, without a GET of its own', async () => {
    pageIs(500);
    const { endpoint, request, requests } = createFakeBackend({ holdsPosts: true });
    const seen: string[] = [];
    renderGate(
      {},
      {
        ...own,
        endpoint,
        request: { ...request, preferWait: true },
        initialRecord,
        onStateChange: (state: { status: string }) => seen.push(state.status),
      },
    );
    await screen.findByText('Own payout');
    expect(requests).toEqual(['POST']);
    expect(seen.slice(-2)).toEqual(['registering', 'ready']);
  });

  it('is understood where the page has no timeline, as in jsdom', async () => {
    pageIs(500);
    pageHasNoTimeline();
    const { backend } = renderGate({}, { ...own, initialRecord });
    await screen.findByText('Own payout');
    expect(backend.requests).toEqual(['POST', 'GET']);
  });

  it('is not taken at its word where consent comes first and takes long', async () => {
    pageIs(500);
    const { backend } = renderGate({}, { ...own, initialRecord, requireConsent: true });
    const agree = await screen.findByRole('button', { name: 'Agree and continue' });
    expect(backend.requests).toEqual([]);
    pageIs(16_000);
    act(() => agree.click());
    await screen.findByText('Own payout');
    expect(backend.requests.slice(0, 2)).toEqual(['GET', 'POST']);
  });

  it.each([
    ['an old page', () => pageIs(16_000), {}],
    ['a page out of the browser’s history', () => pageIs(500, 'back_forward'), {}],
    ['a gate of another subject', () => pageIs(500), { initialRecord: { subject: 'u2', record: null } }],
  ])('is not taken at its word by %s: that looks first', async (_, arrive, props) => {
    arrive();
    const { backend } = renderGate({}, { ...own, initialRecord, ...props });
    await screen.findByText('Own payout');
    expect(backend.requests).toEqual(['GET', 'POST', 'GET']);
  });

  it('is not taken at its word by the second gate of a page, which looks and registers nothing anew', async () => {
    pageIs(500);
    const { backend, unmount } = renderGate(
      { reads: ['absent'], registrations: [{ httpStatus: 202 }] },
      { ...own, initialRecord },
    );
    await waitFor(() => expect(backend.requests).toEqual(['POST', 'GET']));
    unmount();
    const { endpoint, request } = backend;
    renderGate({}, { ...own, endpoint, request, initialRecord });
    await waitFor(() => expect(backend.requests).toEqual(['POST', 'GET', 'GET']));
    await pause(100);
    expect(backend.requests.slice(1)).not.toContain('POST');
    expect(status()).toBe('processing');
  });
});

// @vitest-environment jsdom
import { act, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { StrictMode, Suspense } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { KycReuseGate, type KycReuseGateProps, useKycReuseGate } from '../../src/index';
import { createSimulator } from '../../simulator';
import { createMerchant } from '../merchant';

const merchant = createMerchant({ simulator: createSimulator({ personaRedemptionMs: 50 }) });
const { simulator, newUser, requests } = merchant;

const requestAs = (user: string) => ({ headers: { 'x-test-user': user }, fetch: merchant.handle });
const withdraw = { merchantId: 'acme', env: 'local' } as const;

function gateOf(user: string, props: Partial<KycReuseGateProps> = {}) {
  return (
    <KycReuseGate
      {...({
        endpoint: 'https://shop.test/api/kyc',
        subject: user,
        request: requestAs(user),
        withdraw,
        ...props,
      } as KycReuseGateProps)}
    />
  );
}

const frame = () => document.querySelector('iframe');

describe('KycReuseGate', () => {
  it('mounts the real CoinflowWithdraw as the registered user only after a GET has read the record', async () => {
    const user = newUser('firstTime');
    render(<StrictMode>{gateOf(user)}</StrictMode>);
    expect(screen.getByRole('heading', { name: 'Getting your payout ready' })).toBeTruthy();
    expect(frame()).toBeNull();
    await waitFor(() => expect(frame()).not.toBeNull());
    expect(requests(user, 'GET', '/withdraw').at(-1)?.status).toBe(200);
    const src = new URL(frame()?.src ?? '');
    expect(src.origin + src.pathname).toBe('http://localhost:3000/solana/withdraw/acme');
    expect(src.searchParams.get('sessionKey')).toMatch(/^eyJ/);
    expect(src.searchParams.get('pubkey')).toBeNull();
    expect(frame()?.title).toBe('Payout form');
    expect(requests(user, 'POST', '/withdraw/kyc/share-token')).toHaveLength(1);
  });

  it('opens when the session key comes long after the record', async () => {
    const user = newUser('returning');
    simulator.inject({
      service: 'coinflow',
      path: 'session-key',
      userKey: `user:${user}`,
      times: 1,
      kind: { delayMs: 600 },
    });
    render(gateOf(user));
    await waitFor(() => expect(document.querySelector('[data-kyc-gate=ready]')).not.toBeNull());
    expect(frame()).toBeNull();
    await waitFor(() => expect(frame()).not.toBeNull());
  });

  it('takes the form down in the same commit in which the subject changes', async () => {
    const [first, second] = [newUser('returning'), newUser('firstTime')];
    const { rerender } = render(gateOf(first));
    await waitFor(() => expect(frame()).not.toBeNull());
    rerender(gateOf(second));
    expect(frame()).toBeNull();
    await waitFor(() => expect(frame()).not.toBeNull());
    expect(requests(second, 'GET', '/withdraw').at(-1)?.status).toBe(200);
  });

  it('gates anew when the identity changes, and not when the amount does', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const user = newUser('returning');
    const { rerender } = render(gateOf(user, { withdraw: { ...withdraw, amount: 10 } }));
    await waitFor(() => expect(frame()).not.toBeNull());
    const opened = frame();
    const src = opened?.src;
    rerender(gateOf(user, { withdraw: { ...withdraw, amount: 20 } }));
    expect(frame()).toBe(opened);
    expect(frame()?.src).toBe(src);
    expect(warn.mock.calls.flat().join()).toContain('`withdraw.amount` changed');
    rerender(gateOf(user, { withdraw: { ...withdraw, merchantId: 'other', amount: 20 } }));
    expect(frame()).toBeNull();
    await waitFor(() => expect(frame()?.src).toContain('/withdraw/other?'));
  });

  it('calls the latest onSuccess when the form reports success, once', async () => {
    const user = newUser('returning');
    const [early, late] = [vi.fn(), vi.fn()];
    const { rerender } = render(gateOf(user, { withdraw: { ...withdraw, onSuccess: early } }));
    await waitFor(() => expect(frame()).not.toBeNull());
    rerender(gateOf(user, { withdraw: { ...withdraw, onSuccess: late } }));
    window.dispatchEvent(
      new MessageEvent('message', {
        origin: 'http://localhost:3000',
        data: JSON.stringify({ method: 'success', data: '', info: { paymentId: 'pay_1' } }),
      }),
    );
    expect(early).not.toHaveBeenCalled();
    expect(late.mock.calls).toEqual([[{ paymentId: 'pay_1' }]]);
  });

  it('lifts the waiting screen when the frame itself says it has loaded, and for nobody else', async () => {
    render(gateOf(newUser('returning')));
    await waitFor(() => expect(frame()).not.toBeNull());
    const loaded = (origin: string) =>
      act(() => {
        window.dispatchEvent(
          new MessageEvent('message', {
            origin,
            source: frame()?.contentWindow ?? null,
            data: JSON.stringify({ method: 'loaded', data: '' }),
          }),
        );
      });
    loaded('https://evil.test');
    expect(screen.queryByRole('heading')).not.toBeNull();
    loaded('http://localhost:3000');
    expect(screen.queryByRole('heading')).toBeNull();
  });

  it('offers to try again after a refusal, asks a GET first, and keeps focus in the gate', async () => {
    const user = newUser('refused');
    render(gateOf(user, { support: 'help@acme.test' }));
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByRole('alert').textContent).toContain('could not be used');
    expect(screen.getByRole('link', { name: 'Contact support' }).getAttribute('href')).toBe('mailto:help@acme.test');
    const before = requests(user, 'GET').length;
    await userEvent.click(retry);
    expect(document.activeElement?.hasAttribute('data-kyc-gate')).toBe(true);
    await screen.findByRole('button', { name: 'Try again' });
    expect(requests(user, 'GET').length).toBeGreaterThan(before);
    expect(requests(user, 'POST', '/withdraw/kyc/share-token')).toHaveLength(2);
  });

  it.each([
    ['endpoint', { endpoint: '' }],
    ['subject', { subject: ' ' }],
    ['withdraw.merchantId', { withdraw: { merchantId: '' } }],
    ['withdraw', { withdraw: undefined }],
  ] as const)('is misconfigured, asks nothing and warns once when %s is missing', async (name, props) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const onError = vi.fn();
    const fetch = vi.fn();
    render(
      <StrictMode>
        {gateOf(newUser('returning'), { ...props, onError, request: { fetch } } as Partial<KycReuseGateProps>)}
      </StrictMode>,
    );
    await screen.findByRole('alert');
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'misconfigured' }));
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain(`\`${name}\``);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    ['neither `withdraw` nor `children`', { withdraw: undefined }, '`withdraw` and `children` are both missing'],
    ['both `withdraw` and `children`', { children: 'Own payout' }, '`withdraw` and `children` are both given'],
    [
      'a wallet without a blockchain',
      { withdraw: { ...withdraw, wallet: { address: '0x1' } } },
      'has a `wallet` and no `blockchain`',
    ],
    ['an empty merchant id', { withdraw: { ...withdraw, merchantId: '' } }, '`withdraw.merchantId` is empty'],
    ['an unknown env', { withdraw: { ...withdraw, env: 'production' } }, '`withdraw.env` is production'],
  ])('is misconfigured with %s, asks nothing, and says why', (_, props, told) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const [fetch, onError] = [vi.fn(), vi.fn()];
    render(gateOf('u', { ...props, onError, request: { fetch } } as unknown as Partial<KycReuseGateProps>));
    expect(screen.getByRole('alert').textContent).toContain('Something is not working on our side');
    expect(onError).toHaveBeenCalledExactlyOnceWith({
      code: 'misconfigured',
      message: expect.stringContaining(told) as string,
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    ['a bare text', 'cnst_1'],
    ['an empty text', ''],
    ['an unknown vendor', { vendor: 'passport', shareToken: 't' }],
    ['an empty token', { vendor: 'persona', shareToken: '' }],
    ['a function that gives none', () => undefined],
    ['null, as while it is being fetched', null],
  ])('is misconfigured, and sends nothing, when `shareToken` is %s', async (_, shareToken) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const onError = vi.fn();
    const user = newUser('firstTime');
    render(gateOf(user, { shareToken, onError } as unknown as Partial<KycReuseGateProps>));
    await waitFor(() =>
      expect(onError).toHaveBeenCalledExactlyOnceWith({
        code: 'misconfigured',
        message: expect.stringContaining('is not a share token') as string,
      }),
    );
    expect(requests(user, 'POST')).toEqual([]);
  });

  it('gives children the record and never breaks the host page when they throw', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    let isBroken = true;
    const user = newUser('returning');
    render(
      <>
        <p>Host page</p>
        {gateOf(user, {
          withdraw: undefined,
          children: ({ record }: { record: { status: string } | null }) => {
            if (isBroken) throw new Error('broken child');
            return <p>Open as {record?.status}</p>;
          },
        } as unknown as Partial<KycReuseGateProps>)}
      </>,
    );
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByText('Host page')).toBeTruthy();
    isBroken = false;
    await userEvent.click(retry);
    expect(await screen.findByText('Open as approved')).toBeTruthy();
  });

  it('tells each state once, in StrictMode too, and survives a handler that throws', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const user = newUser('firstTime');
    const onStateChange = vi.fn((state: { status: string }) => {
      if (state.status === 'processing') throw new Error('handler');
    });
    const onReady = vi.fn();
    render(<StrictMode>{gateOf(user, { onStateChange, onReady })}</StrictMode>);
    await waitFor(() => expect(onReady).toHaveBeenCalledOnce());
    expect(onStateChange.mock.calls.map(([state]) => state.status)).toEqual([
      'checking',
      'registering',
      'processing',
      'ready',
    ]);
    expect(reported).toHaveBeenCalledOnce();
  });

  it('has no accessibility findings while waiting, and after a failure', async () => {
    const { container } = render(gateOf(newUser('refused')));
    const findings = async () =>
      (await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations;
    expect(await findings()).toEqual([]);
    await screen.findByRole('alert');
    expect(await findings()).toEqual([]);
  });

  it('leaves nothing of the subject before in a suspended or switched tree', async () => {
    const [first, second] = [newUser('returning'), newUser('nothingToShare')];
    const seen: string[] = [];
    function Probe({ user }: { user: string }) {
      const { state } = useKycReuseGate({
        endpoint: 'https://shop.test/api/kyc',
        subject: user,
        request: requestAs(user),
      });
      seen.push(`${user} ${state.status}`);
      return <p>{state.status}</p>;
    }
    const { rerender } = render(<Suspense>{<Probe user={first} />}</Suspense>);
    await screen.findByText('ready');
    rerender(<Suspense>{<Probe user={second} />}</Suspense>);
    await screen.findByText('failed');
    expect(seen).not.toContain(`${second} ready`);
  });
});

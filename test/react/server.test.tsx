// @vitest-environment node
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KycReuseGate, type KycReuseGateProps, prefetchKycReuse, useKycReuseGate } from '../../src/index';
import { sampleRecord } from '../../src/testing';

vi.mock('@coinflowlabs/react', () => {
  throw new Error('Coinflow was loaded on the server');
});

const withdraw = { merchantId: 'acme', env: 'local' } as const;
const gate = (props: Partial<KycReuseGateProps> = {}) => (
  <KycReuseGate {...({ endpoint: '/api/kyc', subject: 'u1', withdraw, ...props } as KycReuseGateProps)} />
);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('rendered on a server', () => {
  it('shows the waiting screen, asks nothing, and loads nothing', () => {
    const fetch = vi.fn();
    vi.stubGlobal('fetch', fetch);
    const html = renderToString(gate());
    expect(html).toContain('data-kyc-gate="checking"');
    expect(html).toContain('Getting your payout ready');
    expect(html).not.toContain('iframe');
    expect(fetch).not.toHaveBeenCalled();
  });

  it('is open with an `initialRecord` of its subject: children are in the markup', () => {
    const props = { withdraw: undefined, initialRecord: { subject: 'u1', record: sampleRecord } };
    expect(renderToString(gate({ ...props, children: 'Own payout' } as never))).toContain('Own payout');
    expect(
      renderToString(
        gate({
          ...props,
          children: ({ record }: { record: { status: string } }) => `Open as ${record.status}`,
        } as never),
      ),
    ).toContain('Open as approved');
  });

  it('covers Coinflow’s form, which only a browser mounts, with an `initialRecord`', () => {
    const html = renderToString(gate({ initialRecord: { subject: 'u1', record: sampleRecord } }));
    expect(html).toContain('data-kyc-gate="ready"');
    expect(html).toContain('The payout form is opening');
    expect(html).not.toContain('iframe');
  });

  it('ignores an `initialRecord` of somebody else, and one that does not open', () => {
    const children = { withdraw: undefined, children: 'Own payout' };
    for (const initialRecord of [
      { subject: 'u2', record: sampleRecord },
      { subject: 'u1', record: { ...sampleRecord, status: 'rejected' } },
      { subject: 'u1', record: { ...sampleRecord, availability: 'Blocked' } },
      null,
    ]) {
      expect(renderToString(gate({ ...children, initialRecord } as never))).not.toContain('Own payout');
    }
    expect(
      renderToString(
        gate({
          ...children,
          openWhen: 'verified',
          initialRecord: { subject: 'u1', record: { ...sampleRecord, status: 'pending' } },
        } as never),
      ),
    ).not.toContain('Own payout');
  });

  it('says misconfigured without a subject', () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(renderToString(gate({ subject: '' }))).toContain('data-kyc-gate="failed"');
  });

  it('waits without a word where the subject is not known yet', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(renderToString(gate({ subject: undefined }))).toContain('data-kyc-gate="checking"');
    expect(warn).not.toHaveBeenCalled();
  });

  it('prefetches nothing', () => {
    const fetch = vi.fn();
    vi.stubGlobal('fetch', fetch);
    prefetchKycReuse({ endpoint: 'https://shop.test/api/kyc', subject: 'u1', withdraw, request: { fetch } });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('gives the hook its first state', () => {
    const Headless = (): ReactNode => useKycReuseGate({ endpoint: '/api/kyc', subject: 'u1' }).state.status;
    expect(renderToString(<Headless />)).toBe('checking');
  });
});

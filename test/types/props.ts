import type { KycReuseGateProps, PrefetchKycReuseOptions, UseKycReuseGateOptions } from 'kyc-reuse-gate';

/** Which props go together: `npm run check:types` is the test. */
const common = { endpoint: '/api/kyc', subject: 'u1' } as const;
const withdraw = { merchantId: 'acme', env: 'sandbox' } as const;
const wallet = {
  address: '0xabc',
  sendTransaction: () => Promise.resolve({ hash: '0x1' }),
  signMessage: () => Promise.resolve('0x2'),
};

void ({ ...common, withdraw } satisfies KycReuseGateProps);
void ({ ...common, children: 'Own payout', sessionKey: true } satisfies KycReuseGateProps);
void ({ ...common, subject: null, withdraw } satisfies KycReuseGateProps);
void ({ ...common, subject: undefined, withdraw } satisfies KycReuseGateProps);
void ({ ...common, withdraw, initialRecord: { subject: 'u1', record: null } } satisfies KycReuseGateProps);
void ({ ...common, withdraw } satisfies PrefetchKycReuseOptions);
void ({ ...common, withdraw: { ...withdraw, blockchain: 'eth', wallet } } satisfies KycReuseGateProps);
void ({ ...common, withdraw: { ...withdraw, blockchain: 'eth', wallet: null } } satisfies KycReuseGateProps);
void ({
  ...common,
  withdraw,
  shareToken: { vendor: 'sumsub', shareToken: 't', country: 'US' },
} satisfies KycReuseGateProps);

// @ts-expect-error -- neither `withdraw` nor `children`
void (common satisfies KycReuseGateProps);
// @ts-expect-error -- `withdraw` and `children`
void ({ ...common, withdraw, children: 'Own payout' } satisfies KycReuseGateProps);
// @ts-expect-error -- the gate fetches the key of `withdraw` by itself
void ({ ...common, withdraw, sessionKey: true } satisfies KycReuseGateProps);
// @ts-expect-error -- a wallet without its blockchain
void ({ ...common, withdraw: { ...withdraw, wallet } } satisfies KycReuseGateProps);
// @ts-expect-error -- a blockchain without a wallet
void ({ ...common, withdraw: { ...withdraw, blockchain: 'eth' } } satisfies KycReuseGateProps);
// @ts-expect-error -- a token that does not say its vendor
void ({ ...common, withdraw, shareToken: 'cnst_1' } satisfies KycReuseGateProps);
// @ts-expect-error -- a token that is not there yet
void ({ ...common, withdraw, shareToken: null } satisfies KycReuseGateProps);
void ({
  ...common,
  withdraw,
  // @ts-expect-error -- Persona takes no country
  shareToken: { vendor: 'persona', shareToken: 't', country: 'US' },
} satisfies KycReuseGateProps);
void ({
  ...common,
  withdraw,
  // @ts-expect-error -- a record that does not say whose it is
  initialRecord: { record: { status: 'approved', attested: true, moreNeeded: false, links: [], reasons: [] } },
} satisfies KycReuseGateProps);
// @ts-expect-error -- misspelt
void ({ ...common, withdraw, whenReuseFails: 'coinflow' } satisfies KycReuseGateProps);
// @ts-expect-error -- neither yes nor no
void ({ ...common, withdraw, requireConsent: 'yes' } satisfies KycReuseGateProps);
// @ts-expect-error -- a prefetch that doesn't say whose record
void ({ endpoint: '/api/kyc' } satisfies PrefetchKycReuseOptions);
// @ts-expect-error -- nobody to ask about
void ({ endpoint: '/api/kyc' } satisfies UseKycReuseGateOptions);

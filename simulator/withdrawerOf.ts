import type { SimulatedUser, World } from './World';

/** An answer of `GET /withdraw`: whole, with everything that has no business in a browser. */
export interface WithdrawerAnswer {
  readonly status: 200 | 451;
  readonly body: object;
  /** Where the user stands, in a word: for the stand-in page, never in an answer. */
  readonly standing: string;
}

/** How long `pendingThenApproved` stays pending, in ms. */
const pendingMs = 6_000;

/** What Coinflow answers about a user; `undefined` while there is no readable record. */
export function withdrawerOf(world: World, userKey: string, user: SimulatedUser): WithdrawerAnswer | undefined {
  const { record, scenario } = user;
  const now = world.config.now();
  if (!record || record.readableAt > now) return undefined;
  const status = statusOf(user, now - record.readableAt);
  const [blockchain = 'user', wallet = ''] = userKey.split(/:(.*)/s);
  const standing = scenario.startsWith('blocked') ? 'blocked' : scenario === 'attested' ? 'attested' : status;
  const isBlocked = scenario === 'blocked' || (scenario === 'blockedThenSilent' && record.reads === 1);
  const verification = {
    reference: 'vrf_5f2d',
    status,
    vendor: record.vendor,
    attested: scenario === 'attested',
    name: 'Avery Example',
    ...(record.shareToken && { shareToken: record.shareToken, shareTokenStatus: 'redeemed' }),
    sessionToken: 'secret-session-token',
  };
  const withdrawer = {
    _id: '65f0c0ffee',
    wallet: blockchain === 'user' ? `${world.config.merchantId}ʬ${wallet}` : wallet,
    blockchain,
    wallets: [],
    email: 'avery@example.com',
    ...((scenario !== 'blockedThenSilent' || isBlocked) && {
      availability: {
        status: isBlocked ? 'Blocked' : 'Functional',
        reason: 'internal note',
        editor: 'ops',
        updatedAt: '2026-01-01T00:00:00Z',
      },
    }),
    currency: 'USD',
    merchant: { merchantId: world.config.merchantId, name: 'Acme' },
    verification,
    riskScoreOverride: false,
    country: 'US',
    bankAccounts: [
      { last4: '6789', accountHash: 'secret-hash', alias: 'Checking', token: 'secret-bank-token', reference: 'ref' },
    ],
    cards: [],
    ibans: [],
    pixes: [],
    efts: [],
    p2cAvailable: true,
    applePayAvailable: false,
    bankCurrencyOptions: ['USD'],
    freeWithdrawSpeeds: [],
  };
  if (scenario === 'needsInput' && !user.inputGiven) {
    return {
      status: 451,
      standing,
      body: {
        verification,
        withdrawer,
        verificationLink: 'https://sandbox.coinflow.cash/verify/one-more-thing',
        redirectLink: 'https://merchant.example/back',
      },
    };
  }
  if (scenario === 'rejected')
    return {
      status: 451,
      standing,
      body: { verification, withdrawer, rejectionReasons: ['Document is not readable'] },
    };
  return { status: 200, standing, body: { withdrawer } };
}

/**
 * How a user's verification ends, and how long after its record is readable; `undefined` if it doesn't by itself. Coinflow
 * names the two events, but not the moment at which it sends them.
 */
export function endOf(
  user: SimulatedUser,
): { readonly eventType: 'KYC Success' | 'KYC Failure'; readonly afterMs: number } | undefined {
  for (const afterMs of [0, pendingMs]) {
    const status = statusOf(user, afterMs);
    if (status === 'approved') return { eventType: 'KYC Success', afterMs };
    if (status === 'rejected') return { eventType: 'KYC Failure', afterMs };
  }
  return undefined;
}

function statusOf({ scenario, record, inputGiven }: SimulatedUser, ageMs: number): string {
  switch (scenario) {
    case 'attested':
      return 'pending';
    case 'pendingThenApproved':
      return ageMs < pendingMs ? 'pending' : 'approved';
    case 'needsInput':
      return inputGiven ? 'approved' : 'pending';
    case 'partialApproval':
      return 'partial-approval';
    case 'rejected':
      return 'rejected';
    case 'expired':
      return record?.origin === 'existing' ? 'expired' : 'approved';
    case 'unknownStatus':
      return 'awaiting-second-opinion';
    default:
      return 'approved';
  }
}

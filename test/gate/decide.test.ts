import { describe, expect, it } from 'vitest';
import { decide } from '../../src/gate/decide';
import type { GateSnapshot } from '../../src/gate/snapshot';
import type { GateState } from '../../src/gate/GateState';
import { asked, failure, now, read, record, registered, snapshot } from './snapshots';

const absent = read(null);
const expired = read(record({ status: 'expired' }));
const pending = record({ status: 'pending' });
const link = { link: 'https://sandbox.coinflow.cash/verify/1' };
const long = { waitingSince: now - 20_000 };
const tooLong = { waitingSince: now - 300_000 };
const once = (code: Parameters<typeof failure>[0], over = {}) => ({
  failure: failure(code),
  count: 1,
  since: now - 1_000,
  at: now - 1_000,
  ...over,
});

/** One row per combination that means something: title, what is known, what is shown. */
const table: [string, Partial<GateSnapshot>, Partial<GateState> & { status: GateState['status'] }][] = [
  // Reading only.
  ['checks while nothing has been read', {}, { status: 'checking' }],
  ['opens on an approved record', { read: read(record()) }, { status: 'ready' }],
  [
    'opens on an attested record, whatever its status',
    { read: read(record({ status: 'pending', attested: true })), openWhen: 'verified' },
    { status: 'ready' },
  ],
  ['opens on a pending record', { read: read(pending) }, { status: 'ready' }],
  ['opens on a record with an unknown status', { read: read(record({ status: 'odd' })) }, { status: 'ready' }],
  [
    'opens on a record that needs input, since Coinflow itself asks for it',
    { read: read(record({ status: 'pending', moreNeeded: true, links: [link] })) },
    { status: 'ready' },
  ],
  [
    'waits on a pending record with openWhen="verified"',
    { read: read(pending), openWhen: 'verified' },
    { status: 'processing' },
  ],
  [
    'waits on an unknown status with openWhen="verified"',
    { read: read(record({ status: 'odd' })), openWhen: 'verified' },
    { status: 'processing' },
  ],
  [
    'asks for input with openWhen="verified"',
    { read: read(record({ status: 'pending', moreNeeded: true, links: [link] })), openWhen: 'verified' },
    { status: 'needsInput', links: [link] },
  ],
  [
    'asks for input after a partial approval without a link',
    { read: read(record({ status: 'partial-approval' })), openWhen: 'verified' },
    { status: 'needsInput', links: [] },
  ],
  [
    'keeps back a link to a foreign host',
    {
      read: read(record({ status: 'partial-approval', links: [{ link: 'https://evil.test/' }] })),
      openWhen: 'verified',
    },
    { status: 'needsInput', links: [] },
  ],
  [
    'tells the reasons of a rejection',
    { read: read(record({ status: 'rejected', reasons: ['blurred'] })) },
    { status: 'declined', reasons: ['blurred'], canFallback: false },
  ],
  [
    'offers the fallback after a rejection',
    { read: read(record({ status: 'rejected' })), fallbackAllowed: true },
    { status: 'declined', canFallback: true },
  ],
  [
    'is blocked by availability, even if approved',
    { read: read(record({ availability: 'Blocked' })) },
    { status: 'blocked' },
  ],
  [
    'is blocked by the watchlist, even if rejected',
    { read: read(record({ status: 'rejected', watchlist: 'Blocked' })) },
    { status: 'blocked' },
  ],

  // An open form.
  [
    'stays open whatever a later read says',
    { opened: record(), read: read(record({ status: 'rejected' })) },
    { status: 'ready' },
  ],
  [
    'stays open while later reads fail',
    { opened: record(), readFailure: once('server', { count: 9 }) },
    { status: 'ready' },
  ],
  [
    'says what keeps the open form from showing',
    { opened: record(), formFailure: failure('withdrawBlocked') },
    { status: 'failed', canRetry: false },
  ],

  [
    'keeps the form opening through one failed request for its session key',
    { opened: record(), keyFailure: once('server') },
    { status: 'ready' },
  ],
  [
    'says that there is no session key to open the form with',
    { opened: record(), keyFailure: once('server', { count: 3 }) },
    { status: 'failed', canRetry: true },
  ],
  [
    'does not speak of the session key before there is a form to open',
    { read: read(null), registration: registered('accepted'), keyFailure: once('server', { count: 3 }) },
    { status: 'processing' },
  ],

  // The user's own choice.
  [
    'opens Coinflow’s own verification when the user chose it',
    { fallbackChosen: true, read: absent },
    { status: 'fallback' },
  ],
  [
    'never offers a way around a block, whatever was chosen',
    { fallbackChosen: true, read: read(record({ availability: 'Blocked' })) },
    { status: 'blocked' },
  ],

  // Failed reads.
  ['keeps checking through one transient failure', { readFailure: once('server') }, { status: 'checking' }],
  [
    'tells of three transient failures in a row',
    { readFailure: once('server', { count: 3 }) },
    { status: 'failed', canRetry: true },
  ],
  [
    'tells of one transient failure that has lasted ten seconds',
    { readFailure: once('unreachable', { since: now - 10_000 }) },
    { status: 'failed' },
  ],
  [
    'keeps the last screen through a transient failure',
    { read: read(pending), openWhen: 'verified', readFailure: once('offline', { count: 2 }) },
    { status: 'processing' },
  ],
  [
    'tells at once that nobody is signed in',
    { readFailure: once('unauthenticated') },
    { status: 'failed', canRetry: true },
  ],
  [
    'tells at once that somebody else is signed in',
    { readFailure: once('subjectMismatch'), read: read(pending), openWhen: 'verified' },
    { status: 'failed' },
  ],
  [
    'offers no retry while limited',
    { readFailure: once('rateLimited', { count: 3 }) },
    { status: 'failed', canRetry: false },
  ],
  [
    'offers no retry before the Retry-After of a backend that is down',
    { readFailure: { ...once('server', { count: 3 }), failure: failure('server', { retryAt: now + 1 }) } },
    { status: 'failed', canRetry: false },
  ],
  [
    'offers a retry once that Retry-After has passed',
    { readFailure: { ...once('server', { count: 3 }), failure: failure('server', { retryAt: now }) } },
    { status: 'failed', canRetry: true },
  ],
  [
    'keeps a rejection on screen while reads fail',
    { read: read(record({ status: 'rejected' })), readFailure: once('server', { count: 5 }) },
    { status: 'declined' },
  ],

  // No record yet.
  ['asks for consent first where that is wanted', { read: absent, consentNeeded: true }, { status: 'consent' }],
  ['registers where there is no record', { read: absent }, { status: 'registering' }],
  ['shows the registration while it is out', { read: absent, isRegistering: true }, { status: 'registering' }],
  [
    'says so where the only token was sent before',
    { read: absent, tokenAvailable: false, canMint: false },
    { status: 'failed', failure: expect.objectContaining({ code: 'tokenSpent' }) as never },
  ],
  [
    'waits for the record after the backend took the token',
    { read: absent, registration: registered('accepted') },
    { status: 'processing' },
  ],
  [
    'waits for a record that was seen before and is not found now',
    { read: absent, recordSeen: true },
    { status: 'processing' },
  ],
  [
    'says nothing of a refusal before a read has followed it',
    { read: read(null, { seq: 30 }), registration: registered('refused', { failure: failure('tokenRefused') }) },
    { status: 'processing' },
  ],
  ['does not open on the answer to a registration', { registration: registered('accepted') }, { status: 'checking' }],
  [
    'tells when it takes long',
    { read: absent, registration: registered('accepted', { at: now - 20_000 }), ...long },
    { status: 'delayed', exhausted: false },
  ],
  [
    'tells when a registration takes long, and offers no check meanwhile',
    { read: absent, isRegistering: true, ...tooLong },
    { status: 'delayed', exhausted: false },
  ],
  [
    'tells of a deadline that comes before waiting counts as long',
    { read: absent, registration: registered('accepted'), polling: { maxWaitMs: 1_000 } },
    { status: 'delayed', exhausted: true },
  ],
  [
    'tells when the deadline has come',
    { read: absent, registration: registered('accepted', { at: now - 300_000 }), ...tooLong },
    { status: 'delayed', exhausted: true },
  ],
  [
    'says that the token was refused',
    { read: absent, registration: registered('refused', { failure: failure('tokenRefused') }) },
    { status: 'failed', canRetry: true, canFallback: false },
  ],
  [
    'offers no retry with a refused token that cannot be minted anew',
    {
      read: absent,
      registration: registered('refused', { failure: failure('tokenRefused') }),
      tokenAvailable: false,
      canMint: false,
    },
    { status: 'failed', canRetry: false },
  ],
  [
    'offers the fallback after a refusal',
    { read: absent, registration: registered('refused', { failure: failure('tokenRefused') }), fallbackAllowed: true },
    { status: 'failed', canFallback: true },
  ],
  [
    'offers the fallback where there is nothing to share',
    {
      read: absent,
      registration: registered('refused', { failure: failure('noShareableVerification') }),
      fallbackAllowed: true,
    },
    { status: 'failed', canFallback: true },
  ],
  [
    'offers no fallback for a failure of the network',
    { readFailure: once('offline', { count: 3 }), fallbackAllowed: true },
    { status: 'failed', canFallback: false },
  ],
  [
    'checks again when the user retries after a refusal',
    {
      read: absent,
      registration: registered('refused', { failure: failure('tokenRefused') }),
      asked: asked({ seq: 60 }),
    },
    { status: 'checking' },
  ],
  [
    'looks for the record first when an answer was lost',
    { read: absent, registration: registered('unknown', { failure: failure('unreachable') }) },
    { status: 'processing' },
  ],
  [
    'fails as tokenSpent when an answer was lost, the record does not come, and there is no other token',
    {
      read: read(null, { at: now }),
      registration: registered('unknown', { at: now - 10_000 }),
      tokenAvailable: false,
      canMint: false,
    },
    { status: 'failed', failure: expect.objectContaining({ code: 'tokenSpent' }) as never },
  ],
  [
    'gives up after three lost answers',
    {
      read: read(null, { at: now }),
      registration: registered('unknown', { at: now - 10_000, attempt: 3, failure: failure('unreachable') }),
    },
    { status: 'failed' },
  ],
  [
    'keeps on registering through one transient failure',
    { read: absent, registration: registered('notSent', { failure: failure('server') }) },
    { status: 'registering' },
  ],
  [
    'tells of a registration that has failed for ten seconds',
    {
      read: absent,
      registration: registered('notSent', { failure: failure('tokenUnavailable'), since: now - 10_000 }),
      fallbackAllowed: true,
    },
    { status: 'failed', canFallback: true },
  ],
  [
    'waits for another tab that registers',
    { read: absent, registration: registered('notSent') },
    { status: 'registering' },
  ],

  // Expired.
  ['registers anew where the record has expired', { read: expired }, { status: 'registering' }],
  [
    'says expired where no new token can be minted',
    { read: expired, canMint: false },
    { status: 'expired', canRetry: false, canFallback: false },
  ],
  [
    'says expired where no new token can be minted and the one there is was not sent',
    { read: expired, canMint: false, registration: registered('notSent', { failure: failure('unreachable') }) },
    { status: 'expired', canRetry: false, canFallback: false },
  ],
  [
    'waits while the old record is still shown after a fresh registration',
    { read: expired, registration: registered('accepted') },
    { status: 'processing' },
  ],
  [
    'says expired where a fresh registration has not helped for long',
    { read: expired, registration: registered('accepted', { at: now - 15_000 }), fallbackAllowed: true },
    { status: 'expired', canRetry: true, canFallback: true },
  ],
];

describe('deriving what the gate shows', () => {
  it.each(table)('%s', (_, known, shown) => {
    expect(decide(snapshot(known)).state).toMatchObject(shown);
  });

  it('reaches every arm of the state in the table', () => {
    const reached = new Set(table.map(([, known]) => decide(snapshot(known)).state.status));
    expect([...reached].sort()).toEqual(
      [
        'blocked',
        'checking',
        'consent',
        'declined',
        'delayed',
        'expired',
        'failed',
        'fallback',
        'needsInput',
        'processing',
        'ready',
        'registering',
      ].sort(),
    );
  });

  it('is pure: the same snapshot gives the same state, and is left as it was', () => {
    for (const [, known] of table) {
      const given = snapshot(known);
      const copy = structuredClone(given);
      expect(decide(given)).toEqual(decide(given));
      expect(given).toEqual(copy);
    }
  });
});

describe('deciding what is to be done now', () => {
  const done: [string, Partial<GateSnapshot>, ReturnType<typeof decide>['todo']][] = [
    ['looks under the lock at the beginning, since a registration may follow', {}, 'look'],
    ['reads without the lock while consent is still to be given', { consentNeeded: true }, 'read'],
    ['reads without the lock where no token is left to send', { tokenAvailable: false, canMint: false }, 'read'],
    ['registers at once where a look found no record', { read: absent, hasLooked: true }, 'register'],
    ['does nothing while consent is awaited', { read: absent, consentNeeded: true }, undefined],
    [
      'does nothing while a registration is out and the last read is recent',
      { read: absent, isRegistering: true },
      undefined,
    ],
    [
      'reads at once after a token was taken, without the lock',
      { read: read(null, { seq: 30 }), registration: registered('accepted') },
      'read',
    ],
    [
      'reads at once after a refusal, which can mean that the token was redeemed before',
      { read: read(null, { seq: 30 }), registration: registered('refused', { failure: failure('tokenRefused') }) },
      'read',
    ],
    [
      'reads nothing after an answer that there is nothing to share',
      {
        read: read(null, { seq: 30 }),
        registration: registered('refused', { failure: failure('noShareableVerification') }),
      },
      undefined,
    ],
    [
      'reads nothing after a confirmed answer',
      { read: read(null, { at: now - 500 }), registration: registered('accepted') },
      undefined,
    ],
    [
      'looks under the lock when the user retries after a refusal',
      {
        read: absent,
        registration: registered('refused', { failure: failure('tokenRefused') }),
        asked: asked({ seq: 60 }),
      },
      'look',
    ],
    [
      'only reads when the user checks again after a refusal',
      {
        read: absent,
        registration: registered('refused', { failure: failure('tokenRefused') }),
        asked: asked({ seq: 60, kind: 'recheck' }),
      },
      'read',
    ],
    [
      'looks under the lock the moment that a Retry-After has passed, whatever the polls are due',
      {
        read: read(null, { seq: 30, at: now - 100 }),
        registration: registered('notSent', { failure: failure('rateLimited', { retryAt: now }) }),
      },
      'look',
    ],
    [
      'looks under the lock the moment that the grace period of a lost answer ends',
      { read: read(null, { at: now - 100 }), registration: registered('unknown', { at: now - 10_000 }) },
      'look',
    ],
    ['reads nothing before it is allowed to', { readAllowedAt: now + 1 }, undefined],
    ['registers nothing before it may look', { read: absent, readAllowedAt: now + 1 }, undefined],
    [
      'registers all the same where it has looked',
      { read: absent, readAllowedAt: now + 1, hasLooked: true },
      'register',
    ],
    [
      'reads nothing on a hidden page',
      { read: read(pending, { at: now - 60_000 }), openWhen: 'verified', isVisible: false },
      undefined,
    ],
    ['reads nothing once the form is open', { opened: record(), readSince: 90 }, undefined],
    [
      'reads anew where one that is out left before the user asked',
      { read: read(pending), openWhen: 'verified', isReading: true, asked: asked({ seq: 60 }) },
      'read',
    ],
    ['joins a read that is out', { isReading: true, lastRead: { seq: 2, at: now } }, undefined],
  ];
  it.each(done)('%s', (_, known, todo) => {
    expect(decide(snapshot(known)).todo).toBe(todo);
  });

  it('asks for the session key where one is needed, once at a time, and later after a failure', () => {
    expect(decide(snapshot()).fetchKey).toBe(false);
    expect(decide(snapshot({ keyNeeded: true })).fetchKey).toBe(true);
    expect(decide(snapshot({ keyNeeded: true, isFetchingKey: true })).fetchKey).toBe(false);
    expect(decide(snapshot({ keyNeeded: true, keyFailure: once('server', { at: now }) })).fetchKey).toBe(false);
    expect(decide(snapshot({ keyNeeded: true, keyFailure: once('server') })).fetchKey).toBe(true);
    expect(decide(snapshot({ keyNeeded: true, keyFailure: once('unauthenticated') })).fetchKey).toBe(false);
  });
});

describe('deciding when to decide again', () => {
  const quiet = { read: read(pending, { at: now }), openWhen: 'verified', isVisible: false } as const;
  const again = (known: Partial<GateSnapshot>) => decide(snapshot(known)).decideAgainAt;

  it('is when waiting becomes long, then when the deadline comes, then never', () => {
    expect(again({ ...quiet, waitingSince: now })).toBe(now + 15_000);
    expect(again({ ...quiet, waitingSince: now - 20_000 })).toBe(now + 280_000);
    expect(again({ ...quiet, waitingSince: now - 400_000 })).toBe(Infinity);
  });

  it('is when the next read is due', () => {
    expect(again({ ...quiet, isVisible: true, waitingSince: now - 4_000 })).toBe(now + 2_400);
  });

  it('is never, once the form is open', () => {
    expect(again({ opened: record() })).toBe(Infinity);
  });

  it('is the end of Retry-After where a registration waits for it', () => {
    const registration = registered('notSent', { failure: failure('rateLimited', { retryAt: now + 3_000 }) });
    expect(again({ read: absent, lastRead: { seq: 50, at: now }, isVisible: false, registration })).toBe(now + 3_000);
    // Nothing goes out by itself then; but the user is offered to try again.
    const lost = registered('unknown', { attempt: 3, failure: failure('server', { retryAt: now + 3_000 }) });
    expect(again({ read: absent, isVisible: false, registration: lost })).toBe(now + 3_000);
  });
});

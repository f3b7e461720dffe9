import fc from 'fast-check';

export type Subject = 'u-alice' | 'u-bob';

/** What Coinflow's record of somebody says. */
export type RecordKind =
  | 'approved'
  | 'attested'
  | 'pending'
  | 'unheardOf'
  | 'partial'
  | 'needsInput'
  | 'rejected'
  | 'expired'
  | 'blocked'
  | 'watchlisted';

/** How one request fares; beyond the generated ones every request is answered honestly and at once. */
export type Fate = { readonly delayMs: number } & (
  | {
      readonly is: 'honest';
      readonly terse?: boolean | undefined;
      readonly absentAs?: 200 | 401 | 404 | undefined;
      readonly redeemedBefore?: boolean | undefined;
      /**
       * Of a POST that asks for it: held and confirmed, passed through at once, or only said to be confirmed.
       * Of a GET that asks for it: held until the record has changed; otherwise answered at once, with 304 where nothing has.
       */
      readonly holds?: 'yes' | 'no' | 'lies' | undefined;
    }
  | {
      readonly is: 'status';
      readonly status: number;
      readonly retryAfterSecs?: number | undefined;
      readonly notSent?: boolean | undefined;
    }
  | { readonly is: 'odd'; readonly which: number }
  /** The connection ends without an answer; a POST may have been processed before. */
  | { readonly is: 'lost'; readonly processed: boolean }
  | { readonly is: 'hangs'; readonly processed: boolean }
);

/** What the server that rendered the page has read; no `kind`: there was no record. */
export interface Initial {
  readonly of: Subject;
  readonly kind?: RecordKind | undefined;
}

export type Step =
  | { readonly do: 'pass'; readonly ms: number }
  | {
      readonly do: 'mount';
      readonly slot: number;
      readonly subject: Subject;
      readonly strict: boolean;
      readonly initial?: Initial | undefined;
    }
  | { readonly do: 'prefetch'; readonly subject: Subject }
  | { readonly do: 'unmount' | 'blink' | 'rerender'; readonly slot: number }
  | { readonly do: 'remount'; readonly slot: number; readonly ms: number }
  /** Whose gate it is, or whom its form opens as, changes in place. */
  | { readonly do: 'switchSubject' | 'switchIdentity'; readonly slot: number }
  | { readonly do: 'setOpenWhen'; readonly slot: number; readonly openWhen: 'exists' | 'verified' }
  | { readonly do: 'newToken'; readonly slot: number }
  | { readonly do: 'click'; readonly slot: number; readonly button: 'retry' | 'recheck' | 'consent' | 'fallback' }
  | { readonly do: 'focus' | 'hide' | 'show' | 'offline' | 'online' }
  | { readonly do: 'jump'; readonly ms: number }
  | { readonly do: 'otherTab'; readonly subject: Subject; readonly ms: number; readonly registers: boolean }
  | { readonly do: 'recordChanges'; readonly subject: Subject; readonly kind: RecordKind }
  | { readonly do: 'cache'; readonly how: 'invalidate' | 'reset' | 'clear' | 'plant' };

export interface Schedule {
  readonly jitter: number;
  readonly locks: boolean;
  readonly fromHistory: boolean;
  readonly people: Readonly<
    Record<
      Subject,
      { readonly kind?: RecordKind | undefined; readonly becomes: RecordKind; readonly redemptionMs: number }
    >
  >;
  readonly options: {
    readonly openWhen: 'exists' | 'verified';
    readonly requireConsent: boolean;
    readonly whenReuseFails: 'stop' | 'coinflow-kyc';
    readonly sessionKey: boolean;
    readonly token: 'backend' | 'fixed' | 'function';
    readonly pollMs?: number | undefined;
    readonly ownCache: boolean;
    readonly preferWait: boolean;
  };
  /** Times at which the `shareToken` function takes long, throws, or gives the token that it gave before. */
  readonly minting: readonly { readonly ms: number; readonly throws: boolean; readonly again: boolean }[];
  readonly fates: Readonly<Record<'read' | 'register' | 'key', readonly Fate[]>>;
  readonly steps: readonly Step[];
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const subject = fc.constantFrom<Subject>('u-alice', 'u-alice', 'u-bob');
const slot = fc.constantFrom(0, 0, 1, 2);
const usable = ['approved', 'attested', 'pending', 'unheardOf', 'partial', 'needsInput'] as const;
const kind = fc.constantFrom<RecordKind>('approved', ...usable, 'rejected', 'expired', 'blocked', 'watchlisted');
const delayMs = fc.constantFrom(0, 0, 20, 300, 1_500, 6_000, 20_000);

const honest = fc.record({
  is: fc.constant('honest' as const),
  delayMs,
  terse: fc.boolean(),
  absentAs: fc.constantFrom(200, 401, 404),
  redeemedBefore: fc.boolean(),
  holds: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'lies' as const),
});
const status = (statuses: number[]) =>
  fc.record({
    is: fc.constant('status' as const),
    delayMs,
    status: fc.constantFrom(...statuses),
    retryAfterSecs: optional(fc.constantFrom(1, 5, 30, 90)),
    notSent: fc.boolean(),
  });
const odd = fc.record({ is: fc.constant('odd' as const), delayMs, which: fc.nat(99) });
const lost = fc.record({ is: fc.constantFrom('lost' as const, 'hangs' as const), delayMs, processed: fc.boolean() });
const fates = (statuses: number[], maxLength: number) =>
  fc.array(fc.oneof({ arbitrary: honest, weight: 3 }, { arbitrary: status(statuses), weight: 2 }, odd, lost), {
    maxLength,
  });

const mount = fc.record({
  do: fc.constant('mount' as const),
  slot,
  subject,
  strict: fc.boolean(),
  initial: fc.option(fc.record({ of: subject, kind: fc.option(kind, { nil: undefined, freq: 2 }) }), {
    nil: undefined,
    freq: 4,
  }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      ms: fc.constantFrom(0, 50, 900, 3_000, 11_000, 40_000, 320_000),
    }),
  },
  { weight: 2, arbitrary: mount },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('prefetch' as const), subject }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('unmount' as const, 'blink' as const, 'rerender' as const), slot }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remount' as const), slot, ms: fc.constantFrom(0, 50, 900) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('switchSubject' as const, 'switchIdentity' as const), slot }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('setOpenWhen' as const),
      slot,
      openWhen: fc.constantFrom('exists' as const, 'verified' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('newToken' as const), slot }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('click' as const),
      slot,
      button: fc.constantFrom('retry' as const, 'recheck' as const, 'consent' as const, 'fallback' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('focus' as const, 'hide' as const, 'show' as const, 'offline' as const, 'online' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.constantFrom(-600_000, -5_000, 5_000, 600_000, 7_200_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('otherTab' as const),
      subject,
      ms: fc.constantFrom(100, 4_000, 40_000),
      registers: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('recordChanges' as const), subject, kind }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('cache' as const),
      how: fc.constantFrom('invalidate' as const, 'reset' as const, 'clear' as const, 'plant' as const),
    }),
  },
);

const person = fc.record({
  kind: optional(kind),
  becomes: fc.constantFrom<RecordKind>('approved', ...usable, 'rejected', 'expired'),
  redemptionMs: fc.constantFrom(0, 500, 4_000, 30_000),
});

/** Everything that can happen to gates on one page, in one generated order. */
export const schedule: fc.Arbitrary<Schedule> = fc.record({
  jitter: fc.constantFrom(0, 0.5, 0.999),
  locks: fc.constantFrom(true, true, true, false),
  fromHistory: fc.constantFrom(false, false, false, true),
  people: fc.record({ 'u-alice': person, 'u-bob': person }),
  options: fc.record({
    openWhen: fc.constantFrom('exists', 'exists', 'verified'),
    requireConsent: fc.constantFrom(false, false, false, true),
    whenReuseFails: fc.constantFrom('stop', 'coinflow-kyc'),
    sessionKey: fc.boolean(),
    token: fc.constantFrom('backend', 'fixed', 'function'),
    pollMs: optional(fc.constantFrom(0, 100, 2_000)),
    ownCache: fc.boolean(),
    preferWait: fc.boolean(),
  }),
  minting: fc.array(fc.record({ ms: fc.constantFrom(0, 100, 3_000), throws: fc.boolean(), again: fc.boolean() }), {
    maxLength: 3,
  }),
  fates: fc.record({
    read: fates([401, 403, 409, 429, 500, 503, 302, 400, 404], 10),
    register: fates([400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 502, 503, 302], 5),
    key: fates([401, 429, 500, 404], 3),
  }),
  // Most pages begin with a gate, some with a prefetch for one.
  steps: fc
    .tuple(fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, step), mount, fc.array(step, { maxLength: 16 }))
    .map(([before, first, rest]) => [...(before ? [before] : []), first, ...rest]),
});

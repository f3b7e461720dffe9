import type { Outcome, Reading, RequestKind, Told } from './Trace';
import type { Fate, RecordKind, Schedule, Subject } from './Schedule';
import type { VirtualPage } from './virtualPage';

/** What each kind of record means, and what Coinflow answers for it. Written from the provider's facts, not from `src`. */
export const kinds: Readonly<
  Record<
    RecordKind,
    {
      readonly reading: Reading;
      readonly status: string;
      readonly attested?: true;
      readonly is451?: true;
      readonly availability?: string;
      readonly watchlist?: string;
    }
  >
> = {
  approved: { reading: 'verified', status: 'approved' },
  attested: { reading: 'verified', status: 'pending', attested: true },
  pending: { reading: 'pending', status: 'pending' },
  unheardOf: { reading: 'pending', status: 'awaiting-moon' },
  partial: { reading: 'needsInput', status: 'partial-approval' },
  needsInput: { reading: 'needsInput', status: 'pending', is451: true },
  rejected: { reading: 'declined', status: 'rejected', is451: true },
  expired: { reading: 'expired', status: 'expired' },
  blocked: { reading: 'blocked', status: 'approved', availability: 'Blocked' },
  watchlisted: { reading: 'blocked', status: 'approved', watchlist: 'Blocked' },
};

/** Statuses after which the share token has certainly not been used. */
const unspentStatuses = [401, 403, 404, 405, 409, 413, 415, 422, 429];

let secrets = 0;

/** A secret of one subject, never the same twice; it must turn up nowhere but where it belongs. */
export const newSecret = (subject: Subject, what: string) => `SECRET-${subject}-${what}-${++secrets}`;

/** A merchant's backend with Coinflow behind it: knows who has a record, follows the schedule's fates, and notes what it is asked and what it answers. */
export function createModelEndpoint(page: VirtualPage, { people, fates }: Pick<Schedule, 'people' | 'fates'>) {
  const records: Record<Subject, { kind: RecordKind; from: number }[]> = { 'u-alice': [], 'u-bob': [] };
  for (const subject of ['u-alice', 'u-bob'] as const) {
    const { kind } = people[subject];
    if (kind) records[subject].push({ kind, from: 0 });
  }
  const counts = { read: 0, register: 0, key: 0 };
  /** Requests that are out. One that nobody held would be collected while it waits, and hear of no abort. */
  const out = new Map<Request, RequestKind>();
  let isHonest = false;
  let ids = 0;

  const kindOf = (subject: Subject) => records[subject].findLast(({ from }) => from <= page.now())?.kind;

  function register(subject: Subject): void {
    const { becomes, redemptionMs } = people[subject];
    records[subject].push({ kind: becomes, from: page.now() + redemptionMs });
  }

  /** `fetch` of a gate of one subject. */
  const fetchOf =
    (by: Subject) =>
    async (request: Request): Promise<Response> => {
      const url = new URL(request.url);
      const subject = url.searchParams.get('subject') as Subject;
      const kind: RequestKind =
        request.method === 'POST' ? 'register' : url.searchParams.has('session') ? 'key' : 'read';
      const body = kind === 'register' ? ((await request.json()) as { shareToken?: string }) : {};
      const id = ++ids;
      page.note({
        is: 'asked',
        id,
        kind,
        subject,
        by,
        token: body.shareToken,
        text: `${request.url} ${JSON.stringify([...request.headers])}`,
      });
      const fate: Fate = (isHonest ? undefined : fates[kind][counts[kind]++]) ?? { is: 'honest', delayMs: 0 };
      const canHold = request.headers.has('prefer');
      const known = request.headers.get('if-none-match');
      const answer = page.isOnline() ? answerTo(kind, subject, fate, canHold) : undefined;
      const heldMs = answer?.held ? Math.min(people[subject].redemptionMs, maxHoldMs) : 0;
      out.set(request, kind);
      await page.sleep(
        fate.is === 'hangs' && answer === undefined ? Infinity : page.isOnline() ? fate.delayMs + heldMs : 0,
        request.signal,
      );
      const isWatch = kind === 'read' && known !== null && fate.is === 'honest' && answer !== undefined;
      const isHeld = isWatch && canHold && fate.holds === 'yes';
      const latest = () => (isHeld ? recordAnswer(kindOf(subject), subject, fate.terse, fate.absentAs) : answer);
      for (let ms = 0; isHeld && ms < maxHoldMs && latest()?.etag === known && !request.signal.aborted; ms += 500)
        await page.sleep(500, request.signal);
      out.delete(request);
      if (!answer || request.signal.aborted) {
        page.note({ is: 'answered', id, outcome: 'unknown' });
        throw new TypeError('Failed to fetch');
      }
      const { status, json, text, told, outcome, retryAfterSecs, etag } = answer.held
        ? confirmed(subject)
        : (latest() ?? answer);
      // A backend that holds nothing may know ETags all the same.
      const isSame = isWatch && !isHeld && status === 200 && etag === known;
      // Coinflow allows 3 registrations a minute: a limit that doesn't say how long it lasts is taken to last one.
      const untilSecs = retryAfterSecs ?? (kind === 'register' && status === 429 ? 60 : undefined);
      page.note({ is: 'answered', id, told, outcome, retryAfterMs: untilSecs && untilSecs * 1_000 });
      return new Response(isSame ? null : (text ?? JSON.stringify(json)), {
        status: isSame ? 304 : status,
        headers: {
          ...(etag !== undefined && { etag }),
          ...(isHeld && { 'preference-applied': 'wait' }),
          'content-type': text === undefined ? 'application/json' : 'text/html',
          ...(retryAfterSecs !== undefined && { 'retry-after': String(retryAfterSecs) }),
        },
      });
    };

  /** Decides and, for a registration, does; `undefined`: no answer comes. */
  function answerTo(kind: RequestKind, subject: Subject, fate: Fate, canHold: boolean): Answer | undefined {
    if (fate.is === 'lost' || fate.is === 'hangs') {
      if (kind === 'register' && fate.processed) register(subject);
      return undefined;
    }
    if (fate.is === 'odd') return oddAnswer(subject, fate.which);
    if (fate.is === 'status') {
      const { status, retryAfterSecs } = fate;
      const notSent = fate.notSent && status >= 500;
      const outcome: Outcome =
        status === 400 ? 'refused' : unspentStatuses.includes(status) || notSent ? 'unspent' : 'unknown';
      const told: Told | undefined = kind === 'read' && status === 404 ? { reading: 'absent' } : undefined;
      return {
        status,
        json: { error: { message: 'no', notSent } },
        told,
        outcome,
        retryAfterSecs: status === 429 || status >= 500 ? retryAfterSecs : undefined,
      };
    }
    if (kind === 'key') return { status: 200, json: { sessionKey: newSecret(subject, 'key') } };
    if (kind === 'read') return recordAnswer(kindOf(subject), subject, fate.terse, fate.absentAs);
    register(subject);
    if (fate.redeemedBefore) return { status: 400, json: { message: 'Share token was redeemed' }, outcome: 'refused' };
    const { status, json } = fate.terse ? { status: 202, json: {} } : recordAnswer(people[subject].becomes, subject);
    // Whatever is said beside a record: only the word itself confirms it.
    const lie = fate.holds === 'lies' && { ...(json as object), confirmed: 'true' };
    return { status, json: lie || json, outcome: 'taken', held: canHold && fate.holds === 'yes' };
  }

  /** What a backend that held its POST has read in the end. */
  function confirmed(subject: Subject): Answer {
    const answer = recordAnswer(kindOf(subject), subject, false, 200);
    return { ...answer, json: { ...(answer.json as object), confirmed: true }, outcome: 'taken' };
  }

  return {
    fetchOf,
    register,
    /** A request is out, of one kind or of any. */
    isAsked: (kind?: RequestKind) => [...out.values()].some((one) => kind === undefined || one === kind),
    readingOf: (subject: Subject): Reading => {
      const kind = kindOf(subject);
      return kind ? kinds[kind].reading : 'absent';
    },
    setRecord: (subject: Subject, kind: RecordKind) => void records[subject].push({ kind, from: page.now() }),
    /** From now on every answer is honest, immediate and complete. */
    becomeHonest() {
      isHonest = true;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly told?: Told | undefined;
  readonly outcome?: Outcome | undefined;
  readonly retryAfterSecs?: number | undefined;
  /** The answer waits for the record, and is what was read then. */
  readonly held?: boolean;
  /** Of the body. */
  readonly etag?: string;
}

/** Longest a backend holds a POST, in ms. */
const maxHoldMs = 8_000;

function recordAnswer(
  kind: RecordKind | undefined,
  subject: Subject,
  terse = false,
  absentAs: 200 | 401 | 404 = 404,
): Answer {
  if (!kind) {
    const json = absentAs === 200 ? { withdrawer: null } : { message: 'No withdrawer associated with user' };
    return { status: absentAs, json, told: { reading: 'absent' }, etag: `W/"absent as ${absentAs}"` };
  }
  const { reading, status, attested = false, is451, availability = 'Functional', watchlist = 'Passed' } = kinds[kind];
  const verification = { status, attested, vendor: `vendor of ${subject}` };
  const flags = terse ? {} : { availability: { status: availability }, watchlistExempt: watchlist };
  return {
    status: is451 ? 451 : 200,
    json: {
      withdrawer: { verification, ...flags },
      ...(is451 && { verification }),
      ...(kind === 'needsInput' && { verificationLink: `https://coinflow.cash/verify/${subject}` }),
      ...(kind === 'rejected' && { rejectionReasons: [`reason of ${subject}`] }),
    },
    // Without the flags, a block cannot be seen in the answer.
    told: terse ? { reading: reading === 'blocked' ? 'verified' : reading } : { reading, availability, watchlist },
    etag: `W/"${kind}${terse ? ', terse' : ''}"`,
  };
}

/** Answers that hold no record, however near they come. */
function oddAnswer(subject: Subject, which: number): Answer {
  const approved = { verification: { status: 'approved', attested: true } };
  const odd: readonly Answer[] = [
    { status: 200, text: '<h1>Sign in</h1>' },
    { status: 200, text: '' },
    { status: 200, text: '{"withdrawer":{"verification":{"status":"approved"' },
    ...[
      null,
      [],
      'approved',
      1,
      {},
      approved,
      { withdrawer: {} },
      { withdrawer: [approved] },
      { withdrawer: { verification: { attested: true } } },
    ].map((json) => ({ status: 200, json })),
    { status: 200, json: { withdrawer: { verification: { status: 'approved', attested: 'yes' } } } },
    { status: 200, json: { withdrawer: { ...approved, availability: 'Blocked' } } },
    { status: 200, json: { sessionKey: '' } },
    { status: 451, json: { verificationLink: `https://coinflow.cash/${subject}` } },
    ...[201, 202, 203, 302, 401, 403, 409, 500, 503].map((status) => ({ status, json: { withdrawer: approved } })),
    { status: 401, json: { message: 'Unauthorized' } },
    { status: 404, text: '<h1>Not found</h1>' },
    { status: 502, json: { error: { code: { toString: null } } } },
  ];
  const answer = odd[which % odd.length] as Answer;
  const { status } = answer;
  return { ...answer, outcome: unspentStatuses.includes(status) ? 'unspent' : 'unknown' };
}

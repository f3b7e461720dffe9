import { formatRecord } from '../contract/formatRecord';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import { sampleRecord } from './sampleStates';

/** One answer: no record yet, a record (laid over an approved one), a whole HTTP answer, or no answer at all. */
export type FakeAnswer =
  | 'absent'
  | 'drop'
  | Partial<WithdrawerRecord>
  | { readonly httpStatus: number; readonly body?: unknown; readonly headers?: Record<string, string> };

/** What the fake backend answers, in order; the last answer of a list stays. */
export interface FakeScript {
  /** @default ['absent', then an approved record once something was registered] */
  readonly reads?: readonly FakeAnswer[];
  /** @default [{}] */
  readonly registrations?: readonly FakeAnswer[];
  /** @default 'fake-session-key' */
  readonly sessionKey?: string;
  /** How long each answer takes, in ms. @default 0 */
  readonly delayMs?: number;
}

/** A backend for tests and stories, in memory. */
export interface FakeBackend {
  /** Pass these to the gate: an address of its own, so that nothing of another test is remembered, and a `fetch` that never leaves the page. */
  readonly endpoint: string;
  readonly request: { readonly fetch: (request: Request) => Promise<Response> };
  /** Every request so far, as `GET`, `POST` or `GET session`. */
  readonly requests: readonly string[];
}

let backends = 0;

/**
 * Creates a backend that follows a script.
 *
 * ```tsx
 * const backend = createFakeBackend({ reads: [{ status: 'rejected' }] });
 * render(<KycReuseGate endpoint={backend.endpoint} request={backend.request} subject="u1">…</KycReuseGate>);
 * await screen.findByText('Your verification was not accepted');
 * ```
 */
export function createFakeBackend({
  reads,
  registrations = [{}],
  sessionKey = 'fake-session-key',
  delayMs = 0,
}: FakeScript = {}): FakeBackend {
  const requests: string[] = [];
  let registered = false;
  const counts = { GET: 0, POST: 0 };

  function next(method: 'GET' | 'POST'): FakeAnswer {
    if (method === 'GET' && !reads) return registered ? {} : 'absent';
    const list = (method === 'GET' ? reads : registrations) ?? [];
    return list[Math.min(counts[method]++, list.length - 1)] ?? 'absent';
  }

  async function fetch(request: Request): Promise<Response> {
    const method = request.method === 'POST' ? 'POST' : 'GET';
    const isSession = new URL(request.url).searchParams.has('session');
    requests.push(isSession ? 'GET session' : method);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (isSession) return Response.json({ sessionKey });
    const answer = next(method);
    if (answer === 'drop') throw new TypeError('Failed to fetch');
    if (answer === 'absent') return Response.json({ error: { code: 'absent' } }, { status: 404 });
    if ('httpStatus' in answer) {
      return Response.json(answer.body ?? {}, {
        status: answer.httpStatus,
        ...(answer.headers && { headers: answer.headers }),
      });
    }
    if (method === 'POST') registered = true;
    const { httpStatus, body } = formatRecord({ ...sampleRecord, ...answer });
    return Response.json(body, { status: httpStatus });
  }

  return { endpoint: `https://fake-backend.test/${++backends}`, request: { fetch }, requests };
}

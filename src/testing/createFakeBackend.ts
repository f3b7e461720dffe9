import { parsePreferWait } from '../contract/limits';
import type { WithdrawerRecord } from '../contract/record';
import { formatRecord } from '../contract/wireAnswer';
import { sampleRecord } from './sampleStates';

/**
 * One answer: `absent` (no record yet), `drop` (no answer at all), fields of a record (the rest is an approved
 * one), or a whole HTTP response.
 */
export type FakeAnswer =
  | 'absent'
  | 'drop'
  | Partial<WithdrawerRecord>
  | { readonly httpStatus: number; readonly body?: unknown; readonly headers?: Record<string, string> };

/** What the fake backend answers, in order. The last answer of each list repeats. */
export interface FakeScript {
  /** Answers to reads. @default no record, then an approved one as soon as something has been registered */
  readonly reads?: readonly FakeAnswer[];
  /** Coinflow's answers to registrations. @default [{}] */
  readonly registrations?: readonly FakeAnswer[];
  /**
   * Holds a POST with `Prefer: wait`, as the kit does: after an accepted registration it answers with the next of
   * `reads`, confirmed, so that the form opens in one trip. Off, the gate reads for itself, as with a plain backend.
   * @default false
   */
  readonly holdsPosts?: boolean;
  /** The session key it hands out. @default 'fake-session-key' */
  readonly sessionKey?: string;
  /** Delay of each answer, in ms. @default 0 */
  readonly delayMs?: number;
}

/** An in-memory backend for tests and stories. */
export interface FakeBackend {
  /**
   * For the gate's `endpoint`. Each backend has its own address, so that the page remembers nothing of another test.
   */
  readonly endpoint: string;
  /** For the gate's `request`. This `fetch` never leaves the page. */
  readonly request: { readonly fetch: (request: Request) => Promise<Response>; readonly preferWait?: true };
  /** All requests so far, as `GET`, `POST` or `GET session`. */
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
  holdsPosts = false,
  sessionKey = 'fake-session-key',
  delayMs = 0,
}: FakeScript = {}): FakeBackend {
  const requests: string[] = [];
  let registered = false;
  const counts = { read: 0, register: 0 };

  function next(question: 'read' | 'register'): FakeAnswer {
    if (question === 'read' && !reads) return registered ? {} : 'absent';
    const list = (question === 'read' ? reads : registrations) ?? [];
    return list[Math.min(counts[question]++, list.length - 1)] ?? 'absent';
  }

  async function fetch(request: Request): Promise<Response> {
    const isPost = request.method === 'POST';
    const isSession = new URL(request.url).searchParams.has('session');
    requests.push(isSession ? 'GET session' : isPost ? 'POST' : 'GET');
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (isSession) return Response.json({ sessionKey });
    const answer = next(isPost ? 'register' : 'read');
    if (!isPost || !wasTaken(answer)) return respond(answer);
    registered = true;
    const isHeld = holdsPosts && (parsePreferWait(request.headers.get('prefer')) ?? 0) > 0;
    const told = isHeld ? next('read') : undefined;
    return isRecord(told) ? respond(told, true) : respond(answer);
  }

  return {
    endpoint: `https://fake-backend.test/${++backends}`,
    request: { fetch, ...(holdsPosts && { preferWait: true }) },
    requests,
  };
}

/** Whether an answer is a record, or "no record yet". */
function isRecord(answer: FakeAnswer | undefined): answer is 'absent' | Partial<WithdrawerRecord> {
  return answer === 'absent' || (typeof answer === 'object' && !('httpStatus' in answer));
}

/** Whether this answer means that Coinflow took the registration. */
function wasTaken(answer: FakeAnswer): boolean {
  if (typeof answer !== 'object' || !('httpStatus' in answer)) return answer !== 'drop';
  return answer.httpStatus >= 200 && answer.httpStatus < 300;
}

/** @throws {TypeError} on `drop`, as `fetch` does */
function respond(answer: FakeAnswer, confirmed = false): Response {
  if (answer === 'drop') throw new TypeError('Failed to fetch');
  if (typeof answer === 'object' && 'httpStatus' in answer) {
    const { httpStatus: status, body = {}, headers = {} } = answer;
    return Response.json(body, { status, headers });
  }
  const { httpStatus, body } = formatRecord(answer === 'absent' ? null : { ...sampleRecord, ...answer }, confirmed);
  return Response.json(body, {
    status: httpStatus,
    headers: confirmed ? { 'preference-applied': 'wait' } : {},
  });
}

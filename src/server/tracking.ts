import type { Vendor } from '../contract/vendors';
import { kitErrorOf, type KitError } from './answers';
import { type Emit, endedNow, factsOf, type KycEvent, type UpstreamOperation } from './events';
import { LeaseLost } from './lease';
import type { KnownUser } from './users';

type RequestOutcome = Extract<KycEvent, { type: 'request' }>['outcome'];

/** What becomes known of a request while it is answered. */
export interface RequestTrace {
  /** From `requestIdOf`. */
  readonly requestId: string;
  /** Once they are known to be signed in. */
  user?: KnownUser;
  heldMs?: number;
  /** What the browser is told instead. */
  failure?: KitError;
}

/** What the trace's events have in common. */
export function aboutOf({ requestId, user }: Pick<RequestTrace, 'requestId' | 'user'>) {
  return { requestId, ...(user && { user: user.hash }) };
}

/** Answers a request, and emits its event. */
export async function trackRequest(
  emit: Emit,
  request: Request,
  trace: RequestTrace,
  answer: () => Promise<Response>,
): Promise<Response> {
  const beganAt = performance.now();
  const response = await answer();
  const { heldMs, failure } = trace;
  emit({
    type: 'request',
    ...endedNow(beganAt),
    ...aboutOf(trace),
    operation: operationOf(request),
    outcome: request.signal.aborted ? 'abandoned' : (failure?.code ?? 'ok'),
    status: response.status,
    ...(heldMs !== undefined && { heldMs }),
    ...(failure && factsOf(failure)),
  });
  return response;
}

/** Reads a record for a server render, and emits the event. @param read sets the trace's user */
export async function trackInitialRecord<T>(emit: Emit, trace: RequestTrace, read: () => Promise<T>): Promise<T> {
  const beganAt = performance.now();
  const tell = (outcome: RequestOutcome, failure?: KitError) =>
    emit({
      type: 'request',
      ...endedNow(beganAt),
      ...aboutOf(trace),
      operation: 'initialRecord',
      outcome,
      ...(failure && factsOf(failure)),
    });
  try {
    const told = await read();
    tell('ok');
    return told;
  } catch (error) {
    const failure = kitErrorOf(error);
    tell(failure.code, failure);
    throw error;
  }
}

/** Waits for a hold, and adds its time to the trace. */
export async function trackHold<T>(trace: RequestTrace, hold: Promise<T>): Promise<T> {
  const beganAt = performance.now();
  const told = await hold;
  trace.heldMs = endedNow(beganAt).durationMs;
  return told;
}

/**
 * Makes one call upstream, and emits its event.
 *
 * @param call calls `answered` with the HTTP status as soon as the answer is there, which ends the event's duration;
 *   returns `null` if the answer holds no record
 * @param signal aborts when nobody waits any longer
 */
export async function trackCall<T>(
  emit: Emit,
  user: KnownUser,
  operation: UpstreamOperation,
  call: (answered: (status: number) => void) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const beganAt = performance.now();
  let reply: (ReturnType<typeof endedNow> & { readonly upstreamStatus: number }) | undefined;
  const tell = (outcome: Extract<KycEvent, { type: 'upstream' }>['outcome'], failure?: KitError) =>
    emit({
      type: 'upstream',
      ...endedNow(beganAt),
      ...aboutOf({ requestId: user.requestId, user }),
      operation,
      outcome,
      ...(failure && factsOf(failure)),
      ...reply,
      count: 1,
    });
  try {
    const result = await call((status) => (reply = { ...endedNow(beganAt), upstreamStatus: status }));
    tell(result === null ? 'absent' : 'ok');
    return result;
  } catch (error) {
    const failure = kitErrorOf(error);
    if (signal?.aborted && !reply) tell('abandoned');
    else tell(failure.code, failure);
    throw error;
  }
}

/** How far a registration got. */
export interface RegistrationTrace {
  vendor?: Vendor;
  /** Whether the token was sent. @default false */
  sent?: boolean;
}

/** Makes one registration, and emits its audit record. */
export async function trackRegistration<T>(
  emit: Emit,
  user: KnownUser,
  attemptId: string,
  register: (trace: RegistrationTrace) => Promise<T>,
): Promise<T> {
  const beganAt = performance.now();
  const trace: RegistrationTrace = {};
  const tell = (outcome: Extract<KycEvent, { type: 'registration' }>['outcome'], failure?: KitError) =>
    emit({
      type: 'registration',
      ...endedNow(beganAt),
      ...aboutOf({ requestId: user.requestId, user }),
      attemptId,
      ...(trace.vendor && { vendor: trace.vendor }),
      sent: trace.sent ?? false,
      outcome,
      ...(failure && factsOf(failure)),
    });
  try {
    const result = await register(trace);
    tell('taken');
    return result;
  } catch (error) {
    const failure = kitErrorOf(error);
    if (error instanceof LeaseLost) tell('abandoned');
    else tell(failure.code, failure);
    throw error;
  }
}

function operationOf({ method, url }: Request): Extract<KycEvent, { type: 'request' }>['operation'] {
  if (method === 'POST') return 'register';
  if (method === 'OPTIONS') return 'preflight';
  if (method === 'HEAD') return 'read';
  if (method !== 'GET') return 'other';
  return new URL(url).searchParams.get('session') === '1' ? 'sessionKey' : 'read';
}

import type { LogEntry } from './World';

/** Something that goes wrong on purpose. The first fault that fits a request is used, `times` times. */
export interface Fault {
  readonly service: LogEntry['service'];
  readonly method?: string;
  /** Part of the path. */
  readonly path?: string;
  readonly userKey?: string;
  /** How often. @default always, until cleared */
  times?: number;
  /** The request is processed first, and only its answer is lost or replaced. @default false */
  readonly afterProcessing?: boolean;
  readonly kind:
    | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
    | { readonly delayMs: number }
    /** The connection is cut. */
    | 'drop'
    /** No answer ever comes. */
    | 'hang'
    | 'html'
    | 'empty'
    /** 10 MB of JSON. */
    | 'oversized'
    /** JSON of another shape. */
    | 'otherShape'
    /** Withdraw page: never says that it is loaded. */
    | 'silent'
    /** Withdraw page: refuses to be framed. */
    | 'refuseFrame';
}

/** The fault that fits, counted down. */
export function takeFault(
  faults: Fault[],
  request: { service: Fault['service']; method: string; path: string; userKey: string | undefined },
): Fault | undefined {
  const index = faults.findIndex(
    (fault) =>
      fault.service === request.service &&
      (fault.method === undefined || fault.method === request.method) &&
      (fault.path === undefined || request.path.includes(fault.path)) &&
      (fault.userKey === undefined || fault.userKey === request.userKey),
  );
  const fault = faults[index];
  if (fault?.times !== undefined && --fault.times <= 0) faults.splice(index, 1);
  return fault;
}

/** The answer of a fault, where it has one of its own. @throws {TypeError} `drop`, as `fetch` does */
export async function faultyAnswer(kind: Fault['kind'], cut: (() => void) | undefined): Promise<Response | undefined> {
  if (typeof kind === 'object') {
    if ('delayMs' in kind) {
      await new Promise((resolve) => setTimeout(resolve, kind.delayMs));
      return undefined;
    }
    return new Response(kind.body === undefined ? '{}' : JSON.stringify(kind.body), {
      status: kind.status,
      headers: { 'content-type': 'application/json', ...kind.headers },
    });
  }
  switch (kind) {
    case 'drop':
      if (!cut) throw new TypeError('fetch failed');
      cut();
      return new Promise<never>(() => {});
    case 'hang':
      return new Promise<never>(() => {});
    case 'html':
      return new Response('<!doctype html><title>Sign in</title>', { headers: { 'content-type': 'text/html' } });
    case 'empty':
      return new Response(null);
    case 'oversized':
      return Response.json({ withdrawer: 'x'.repeat(10_000_000) });
    case 'otherShape':
      return Response.json({ ok: true, data: [1, 2, 3] });
    case 'silent':
    case 'refuseFrame':
      return undefined;
    default:
      return kind satisfies never;
  }
}

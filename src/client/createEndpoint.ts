import { isAbsentBody } from '../contract/absentPattern';
import { explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';
import { GateError } from '../contract/GateError';
import { parseRecord } from '../contract/parseRecord';
import type { BrowserToken } from '../contract/vendors';
import type { WithdrawerRecord } from '../contract/WithdrawerRecord';
import { type Answer, ask } from './ask';
import { failureOf, isNotSent } from './failureOf';
import type { GateOptions } from './GateOptions';
import { plainFailure } from './plainFailure';
import { warnOnce } from './warnOnce';

/** The merchant's endpoint, as the browser asks it. */
export interface Endpoint {
  /** GET. `null`: there is no record yet. @param sent a GET that is out already @throws {GateError} every other answer, coded */
  read(signal?: AbortSignal, sent?: Promise<Answer>): Promise<WithdrawerRecord | null>;
  /** POST. Never throws. */
  register(token: BrowserToken | undefined): Promise<RegisterAnswer>;
  /** GET with `session=1`. @throws {GateError} */
  sessionKey(signal: AbortSignal): Promise<string>;
}

/** What came of a POST, as far as the token is concerned. */
export type RegisterAnswer = { readonly isSpent: boolean } & (
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'notSent' | 'unknown' | 'refused'; readonly failure: GateFailure }
);

export function createEndpoint(target: Pick<GateOptions, 'endpoint' | 'subject' | 'request'>): Endpoint {
  return {
    async read(signal, sent) {
      const [response, body] = await (sent ?? ask(target, { ...(signal && { signal }) }));
      const { status } = response;
      if ((status === 404 && body !== undefined) || isAbsent(response, body)) return null;
      if (status === 200 || status === 451) {
        try {
          return parseRecord(status, body);
        } catch {
          // Falls through to `malformed`; the warning shows what was expected.
        }
      }
      throw failureOf(`GET ${target.endpoint}`, response, body);
    },

    async register(token) {
      let isSent = false;
      try {
        const [response, body] = await ask(target, {
          body: JSON.stringify(token ?? {}),
          onSend: () => (isSent = true),
        });
        // As a GET answers while the record is being made: it may say that there is none. 202 and 204 need no body; a 200 that is a page is no answer of a KYC handler, and nothing to try again by itself.
        const isPage = response.status === 200 && body === undefined;
        if ((response.ok && !isPage) || response.status === 451 || isAbsent(response, body))
          return { outcome: 'accepted', isSpent: true };
        const { failure } = failureOf(`POST ${target.endpoint}`, response, body);
        if (isPage) return { outcome: 'unknown', failure, isSpent: true };
        const isSpent = !isNotSent(response, body);
        if (failure.code === 'tokenRefused' || failure.code === 'noShareableVerification')
          return { outcome: 'refused', failure, isSpent };
        return { outcome: isSpent ? 'unknown' : 'notSent', failure, isSpent };
      } catch (error) {
        return { outcome: isSent ? 'unknown' : 'notSent', failure: plainFailure(error), isSpent: isSent };
      }
    },

    async sessionKey(signal) {
      const [response, body] = await ask(target, { signal, session: true });
      const key = (body as { sessionKey?: unknown } | null | undefined)?.sessionKey;
      if (response.status === 200 && typeof key === 'string' && key) return key;
      if (response.status === 200 && isRecord(body)) {
        warnOnce('sessionKeyMissing');
        throw new GateError({ code: 'malformed', message: explain('sessionKeyMissing'), httpStatus: 200 });
      }
      throw failureOf(`GET ${target.endpoint}`, response, body);
    },
  };
}

/** Coinflow's own words for it, under its own status or the kit's. */
function isAbsent({ status }: Response, body: unknown): boolean {
  return (status === 401 || status === 404) && isAbsentBody(body);
}

/** A backend that does not know `session=1` answers as ever. */
function isRecord(body: unknown): boolean {
  try {
    return !!parseRecord(200, body);
  } catch {
    return false;
  }
}

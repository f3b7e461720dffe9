import { type Explanation, explain } from '../contract/explain';
import type { FailureCode, GateFailure } from '../contract/failures';
import type { GateOptions } from './GateOptions';
import { warnOnce } from './warnOnce';

/** Finds wrong options before anything is asked. JavaScript callers, and TypeScript ones with an empty string, meet this. */
export function checkSetup({ endpoint, subject, request }: GateOptions): GateFailure | undefined {
  if (!isText(endpoint)) return setupFailure('endpointEmpty');
  if (!isText(subject)) return setupFailure('subjectEmpty');
  // A server cannot know the page's URL; it checks absolute ones only.
  const base = typeof location === 'undefined' ? 'https://page.invalid' : location.href;
  if (!isWeb(endpoint, base)) return setupFailure('endpointNotWeb', endpoint);
  const fetch: unknown = request?.fetch;
  return fetch !== undefined && typeof fetch !== 'function' ? setupFailure('fetchNotFunction') : undefined;
}

/** A failure of the setup, with its one development warning. */
export function setupFailure(key: Explanation, detail?: string, code: FailureCode = 'misconfigured'): GateFailure {
  warnOnce(key, detail);
  return { code, message: explain(key, detail) };
}

/** Not by `URL.canParse`, which browsers before 2023 lack. */
function isWeb(endpoint: string, base: string): boolean {
  try {
    return /^https?:$/.test(new URL(endpoint, base).protocol);
  } catch {
    return false;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !!value.trim();
}

import { type Explanation, explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';
import type { GateOptions } from './GateOptions';
import { warnOnce } from './warnOnce';

/** Finds wrong options before anything is asked. JavaScript callers, and TypeScript ones with an empty string, meet this. */
export function checkSetup({ endpoint, subject, request }: GateOptions): GateFailure | undefined {
  if (!isText(endpoint)) return misconfigured('endpointEmpty');
  if (!isText(subject)) return misconfigured('subjectEmpty');
  // A server cannot know the page's URL; it checks absolute ones only.
  const base = typeof location === 'undefined' ? 'https://page.invalid' : location.href;
  if (!URL.canParse(endpoint, base) || !/^https?:$/.test(new URL(endpoint, base).protocol)) return misconfigured('endpointNotWeb', endpoint);
  const fetch: unknown = request?.fetch;
  return fetch !== undefined && typeof fetch !== 'function' ? misconfigured('fetchNotFunction') : undefined;
}

/** A failure of the setup, with its one development warning. */
export function misconfigured(key: Explanation, detail?: string): GateFailure {
  warnOnce(key, detail);
  return { code: 'misconfigured', message: explain(key, detail) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !!value.trim();
}

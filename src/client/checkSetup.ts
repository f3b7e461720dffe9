import type { GateFailure } from '../contract/failures';
import type { GateOptions } from './GateOptions';
import { warnOnce } from './warnOnce';

/** Finds wrong options before anything is asked. JavaScript callers, and TypeScript ones with an empty string, meet this. */
export function checkSetup({ endpoint, subject, request }: GateOptions): GateFailure | undefined {
  if (!isText(endpoint)) return misconfigured('`endpoint` is empty. Pass the URL your KYC reuse handler is mounted at, for example "/api/kyc".');
  if (!isText(subject)) return misconfigured('`subject` is empty. Pass your id of the signed-in user, and render the gate only once you know it.');
  // A server cannot know the page's URL; it checks absolute ones only.
  const base = typeof location === 'undefined' ? 'https://page.invalid' : location.href;
  const protocol = URL.canParse(endpoint, base) ? new URL(endpoint, base).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    return misconfigured(`\`endpoint\` is not a web address: ${JSON.stringify(endpoint)}. Pass "/api/kyc" or "https://…".`);
  }
  if (request?.fetch !== undefined && typeof request.fetch !== 'function') return misconfigured('`request.fetch` is not a function.');
  return undefined;
}

/** A failure of the setup, with its one development warning. */
export function misconfigured(message: string): GateFailure {
  warnOnce(message, message);
  return { code: 'misconfigured', message };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from './createRandom';

/** How bad a network is. Probabilities; the rest is answered. */
export interface Weather {
  /** Connections cut before the request arrives, after it was processed, or in the middle of the answer. */
  readonly cut: number;
  /** Answers replaced by a 5xx or a 429, before or after processing. */
  readonly failed: number;
  readonly maxDelayMs: number;
}

/** What happens to one request. */
export interface Fate {
  readonly delayMs: number;
  readonly end: 'answered' | 'cutBefore' | 'cutAfter' | 'cutInBody' | 'failedBefore' | 'failedAfter';
  readonly failure: { readonly status: number; readonly retryAfter?: string; readonly isPage: boolean };
}

export const calm: Fate = { delayMs: 0, end: 'answered', failure: { status: 500, isPage: false } };

export function drawFate(random: Random, { cut, failed, maxDelayMs }: Weather): Fate {
  const end = random.pick({
    answered: 1 - cut - failed,
    cutBefore: cut / 2,
    cutAfter: cut / 4,
    cutInBody: cut / 4,
    failedBefore: failed * 0.75,
    failedAfter: failed / 4,
  });
  const status = Number(random.pick({ 429: 2, 500: 1, 502: 1, 503: 1, 504: 1 }));
  // A 429 says that nothing was done.
  return {
    delayMs: random.between(0, maxDelayMs),
    end: end === 'failedAfter' && status === 429 ? 'failedBefore' : end,
    failure: {
      status,
      isPage: random.chance(0.3),
      ...(random.chance(0.7) && { retryAfter: String(Math.round(random.between(0, 4))) }),
    },
  };
}

/**
 * Passes a request on as its fate says.
 *
 * @param isCut the connection is gone meanwhile: nothing is processed any more
 */
export async function pass(
  { delayMs, end, failure }: Fate,
  answer: () => Promise<Response>,
  cut: () => void,
  isCut: () => boolean = () => false,
): Promise<Response> {
  await wait(delayMs);
  if (isCut() || end === 'cutBefore') return hangUp(cut);
  if (end === 'failedBefore') return failedAnswer(failure);
  const response = await answer();
  switch (end) {
    case 'cutAfter':
      return hangUp(cut);
    case 'failedAfter':
      return failedAnswer(failure);
    case 'cutInBody': {
      const bytes = new Uint8Array(await response.arrayBuffer());
      const half = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(bytes.slice(0, bytes.length / 2));
          await wait(20);
          cut();
        },
      });
      return new Response(half, { status: response.status, headers: response.headers });
    }
    case 'answered':
      return response;
    default:
      return end satisfies never;
  }
}

function hangUp(cut: () => void): Promise<never> {
  cut();
  return new Promise(() => {});
}

function failedAnswer({ status, retryAfter, isPage }: Fate['failure']): Response {
  const headers = {
    'content-type': isPage ? 'text/html' : 'application/json',
    ...(status === 429 && retryAfter !== undefined && { 'retry-after': retryAfter }),
  };
  return new Response(isPage ? '<!doctype html><title>Bad gateway</title>' : '{"message":"no"}', { status, headers });
}

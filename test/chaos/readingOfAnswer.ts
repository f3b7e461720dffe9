import type { Told } from '../proof/Trace';

interface Answer {
  readonly withdrawer?: {
    readonly verification?: { readonly status?: string; readonly attested?: boolean };
    readonly availability?: { readonly status?: string };
  };
  readonly verificationLink?: string;
}

/** What an answer of the kit to a GET tells of the record; `undefined` where it is none. Written from the provider's facts, not from `src`. */
export function readingOfAnswer(status: number, body: unknown): Told | undefined {
  if (status === 404) return body === undefined ? undefined : { reading: 'absent' };
  const { withdrawer, verificationLink } = (body ?? {}) as Answer;
  const verification = withdrawer?.verification;
  if ((status !== 200 && status !== 451) || !verification) return undefined;
  const availability = withdrawer.availability?.status;
  return { reading: readingOfRecord(), ...(availability !== undefined && { availability }) };

  function readingOfRecord(): Told['reading'] {
    if (availability === 'Blocked') return 'blocked';
    if (verification?.status === 'rejected') return 'declined';
    if (verification?.status === 'expired') return 'expired';
    if (verificationLink !== undefined || verification?.status === 'partial-approval') return 'needsInput';
    return verification?.status === 'approved' || verification?.attested ? 'verified' : 'pending';
  }
}

import type { Told } from '../proof/Trace';

interface Answer {
  readonly withdrawer?: {
    readonly verification?: { readonly status?: string; readonly attested?: boolean };
    readonly availability?: { readonly status?: string };
  } | null;
  readonly verificationLink?: string;
}

/** What an answer of the kit tells of the record; `undefined` where it tells nothing. Written from the provider's facts, not from `src`. */
export function readingOfAnswer(status: number, body: unknown): Told | undefined {
  const { withdrawer, verificationLink } = (body ?? {}) as Answer;
  if (status === 200 && withdrawer === null) return { reading: 'absent' };
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

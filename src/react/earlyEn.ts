import type { LoadedMessages } from './messages';

const waiting = 'Getting your payout ready';

/** The default texts that may be needed before the rest of them has been loaded with the engine. */
export const earlyEn = {
  lang: 'en',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'We are looking up your verification.' },
    opening: { title: waiting, text: 'The payout form is opening.' },
    unreachable: { title: 'No connection', text: 'We cannot be reached just now. Please try again.' },
    misconfigured: { title: 'Something is not working on our side', text: 'Please contact support.' },
  },
  steps: { check: 'Find your verification', share: 'Confirm it', open: 'Open the payout form' },
  actions: {
    retry: 'Try again',
    support: 'Contact support',
    cancel: 'Not now',
  },
  frameTitle: 'Payout form',
} satisfies LoadedMessages;

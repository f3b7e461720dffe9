import type { FailureCode } from '../contract/failures';
import type { GateStatus } from '../gate/GateState';

/** One screen's words. */
export interface ScreenText {
  readonly title: string;
  readonly text: string;
}

/** Every text the gate shows. Plain words: no codes, no blame, a way forward. */
export interface GateMessages {
  /** One per screen, and one per failure code. */
  readonly screens: { readonly [Key in ScreenKey]: ScreenText };
  /** The steps shown while waiting, in order. */
  readonly steps: { readonly check: string; readonly share: string; readonly open: string };
  readonly actions: { readonly [Key in ActionKey]: string };
  /** Beside `actions.reload`, where the form's frame stays silent. */
  readonly notLoading: string;
  /** Title of Coinflow's frame, read by screen readers. */
  readonly frameTitle: string;
}

/** What there are words for beside the failures. `needsSupport`: `needsInput` without a link that can be offered. `exhausted`: `delayed` after polling has ended. */
export type ScreenKey =
  | Exclude<GateStatus, 'failed' | 'ready' | 'fallback'>
  | 'needsSupport'
  | 'exhausted'
  /** Coinflow's frame loads. */
  | 'opening'
  /** The wallet is not connected. */
  | 'wallet'
  | FailureCode;

export type ActionKey = 'agree' | 'retry' | 'recheck' | 'continue' | 'fallback' | 'support' | 'cancel' | 'reload';

const waiting = 'Getting your payout ready';
const unusable = 'Your verification could not be used';
const ourSide = 'Something is not working on our side';
const notLoaded = 'The payout form did not load';
const moreNeeded = 'One more detail is needed';

/** The default texts. */
export const en: GateMessages = {
  screens: {
    consent: {
      title: 'Use your existing verification?',
      text: 'You have already verified your identity. If you agree, we share that result with Coinflow, which makes the payout.',
    },
    checking: { title: waiting, text: 'We are looking up your verification.' },
    registering: { title: waiting, text: 'We are passing on your verification.' },
    processing: { title: waiting, text: 'Your verification is being confirmed. This usually takes a few seconds.' },
    needsInput: { title: moreNeeded, text: 'Add it in a new tab; this page goes on by itself.' },
    needsSupport: { title: moreNeeded, text: 'Please contact support to add it.' },
    declined: { title: 'Your verification was not accepted', text: 'The payout partner could not accept it.' },
    expired: { title: 'Your verification has expired', text: 'It needs to be renewed before you can withdraw.' },
    blocked: { title: 'Withdrawals are not available', text: 'Payouts to this account are not possible. Please contact support.' },
    delayed: { title: 'This takes longer than usual', text: 'You can leave and come back any time. Nothing is lost.' },
    exhausted: { title: 'Still not confirmed', text: 'You can check again now, or come back later.' },
    opening: { title: waiting, text: 'The payout form is opening.' },
    wallet: { title: 'Connect your wallet', text: 'The payout form opens as soon as it is connected.' },
    tokenRefused: { title: unusable, text: 'The payout partner did not accept it. It may not be complete yet.' },
    tokenSpent: { title: unusable, text: 'It was passed on before. Please reload the page or contact support.' },
    tokenUnavailable: { title: 'Your verification is not reachable', text: 'Please try again in a moment.' },
    noShareableVerification: { title: 'No finished verification yet', text: 'Please finish verifying your identity, then come back here.' },
    unauthenticated: { title: 'Please sign in', text: 'Your session has ended. Sign in again; this page goes on by itself.' },
    forbidden: { title: 'Not available for this account', text: 'This account cannot withdraw here. Please contact support.' },
    subjectMismatch: { title: 'You are signed in as somebody else', text: 'Reload the page to go on with the other account.' },
    rateLimited: { title: 'One moment, please', text: 'There is a lot going on. This page goes on by itself shortly.' },
    offline: { title: 'You are offline', text: 'This page goes on by itself when you are connected again.' },
    unreachable: { title: 'No connection', text: 'We cannot be reached at the moment. We keep trying.' },
    server: { title: ourSide, text: 'We keep trying. You can also try again now.' },
    malformed: { title: ourSide, text: 'Please try again in a moment, or contact support.' },
    misconfigured: { title: ourSide, text: 'Please contact support.' },
    withdrawUnavailable: { title: notLoaded, text: 'Please try again.' },
    withdrawBlocked: { title: notLoaded, text: 'Please contact support.' },
    renderFailed: { title: ourSide, text: 'Please try again.' },
  },
  steps: { check: 'Find your verification', share: 'Confirm it', open: 'Open the payout form' },
  actions: {
    agree: 'Agree and continue',
    retry: 'Try again',
    recheck: 'Check again',
    continue: 'Continue',
    fallback: 'Verify with Coinflow instead',
    support: 'Contact support',
    cancel: 'Not now',
    reload: 'Reload',
  },
  notLoading: 'Not loading?',
  frameTitle: 'Payout form',
};

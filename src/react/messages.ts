import type { FailureCode } from '../contract/failures';

/** One screen's words. */
export interface ScreenText {
  readonly title: string;
  readonly text: string;
}

/** Every text the gate shows. Plain words: no codes, no blame, a way forward. */
export interface GateMessages {
  readonly consent: ScreenText;
  readonly checking: ScreenText;
  readonly registering: ScreenText;
  readonly processing: ScreenText;
  readonly needsInput: ScreenText;
  /** `needsInput` where Coinflow gave no link that can be offered. */
  readonly needsSupport: ScreenText;
  readonly declined: ScreenText;
  readonly expired: ScreenText;
  readonly blocked: ScreenText;
  readonly delayed: ScreenText;
  /** `delayed` after polling has ended. */
  readonly exhausted: ScreenText;
  /** While Coinflow's frame loads. */
  readonly opening: ScreenText;
  /** The wallet is not connected. */
  readonly wallet: ScreenText;
  /** One text per failure code. */
  readonly failures: { readonly [Code in FailureCode]: ScreenText };
  /** The steps shown while waiting, in order. */
  readonly steps: { readonly check: string; readonly share: string; readonly open: string };
  readonly actions: {
    readonly agree: string;
    readonly retry: string;
    readonly recheck: string;
    readonly continue: string;
    readonly fallback: string;
    readonly support: string;
    readonly cancel: string;
    readonly reload: string;
  };
  /** Beside `actions.reload`, where the form's frame stays silent. */
  readonly notLoading: string;
  /** Title of Coinflow's frame, read by screen readers. */
  readonly frameTitle: string;
}

/** The default texts. */
export const en: GateMessages = {
  consent: {
    title: 'Use your existing verification?',
    text: 'You have already verified your identity. With your agreement we share that result with Coinflow, which makes the payout, so that you need not do it again.',
  },
  checking: { title: 'Getting your payout ready', text: 'We are looking up your verification.' },
  registering: { title: 'Getting your payout ready', text: 'We are passing on your verification, so that you need not do it again.' },
  processing: { title: 'Getting your payout ready', text: 'Your verification is being confirmed. This usually takes a few seconds.' },
  needsInput: { title: 'One more detail is needed', text: 'A few details were not part of your verification. Add them in a new tab; this page goes on by itself.' },
  needsSupport: { title: 'One more detail is needed', text: 'A few details were not part of your verification. Please contact support to add them.' },
  declined: { title: 'Your verification was not accepted', text: 'The payout partner could not accept your verification.' },
  expired: { title: 'Your verification has expired', text: 'It needs to be renewed before you can withdraw.' },
  blocked: { title: 'Withdrawals are not available', text: 'Payouts to this account are not possible at the moment. Please contact support.' },
  delayed: { title: 'This takes longer than usual', text: 'You can leave and come back at any time. Nothing is lost.' },
  exhausted: { title: 'Still not confirmed', text: 'Your verification has not been confirmed yet. You can check again now, or come back later.' },
  opening: { title: 'Getting your payout ready', text: 'The payout form is opening.' },
  wallet: { title: 'Connect your wallet', text: 'The payout form opens as soon as your wallet is connected.' },
  failures: {
    tokenRefused: { title: 'Your verification could not be used', text: 'The payout partner did not accept it. It may not be complete yet.' },
    tokenSpent: { title: 'Your verification could not be used', text: 'It was passed on before. Please reload the page or contact support.' },
    tokenUnavailable: { title: 'Your verification is not reachable', text: 'The verification service did not answer as expected. Please try again in a moment.' },
    noShareableVerification: { title: 'No finished verification yet', text: 'Please finish verifying your identity first, then come back here.' },
    unauthenticated: { title: 'Please sign in', text: 'Your session has ended. Sign in again; this page goes on by itself.' },
    forbidden: { title: 'Not available for this account', text: 'This account cannot withdraw here. Please contact support.' },
    subjectMismatch: { title: 'You are signed in as somebody else', text: 'Another account was signed in meanwhile. Reload the page to go on with it.' },
    rateLimited: { title: 'One moment, please', text: 'There is a lot going on. This page goes on by itself shortly.' },
    offline: { title: 'You are offline', text: 'This page goes on by itself when you are connected again.' },
    unreachable: { title: 'No connection', text: 'We cannot be reached at the moment. We keep trying.' },
    server: { title: 'Something is not working on our side', text: 'We keep trying. You can also try again now.' },
    malformed: { title: 'Something is not working on our side', text: 'Please try again in a moment, or contact support.' },
    misconfigured: { title: 'Withdrawals are not set up correctly', text: 'This is on our side. Please contact support.' },
    withdrawUnavailable: { title: 'The payout form did not load', text: 'Please try again.' },
    withdrawBlocked: { title: 'The payout form did not load', text: 'This page keeps it from loading. Please contact support.' },
    renderFailed: { title: 'Something went wrong', text: 'This part of the page could not be shown. Please try again.' },
  },
  steps: { check: 'Find your verification', share: 'Confirm it', open: 'Open the payout form' },
  actions: {
    agree: 'Agree and continue',
    retry: 'Try again',
    recheck: 'Check again',
    continue: 'Add the details',
    fallback: 'Verify with Coinflow instead',
    support: 'Contact support',
    cancel: 'Not now',
    reload: 'Reload',
  },
  notLoading: 'Not loading?',
  frameTitle: 'Payout form',
};

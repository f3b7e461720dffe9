import type { GateMessages } from './messages';

const unusable = 'Your verification could not be used';
const waiting = 'Getting your payout ready';
const ourSide = 'Something is not working on our side';
const notLoaded = 'The payout form did not load';
const moreNeeded = 'One more detail is needed';

/** The default texts. */
export const en: GateMessages = {
  lang: 'en',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'We are looking up your verification.' },
    opening: { title: waiting, text: 'The payout form is opening.' },
    registering: { title: waiting, text: 'We are passing on your verification.' },
    processing: { title: waiting, text: 'Your verification is being confirmed. This usually takes a few seconds.' },
    wallet: { title: 'Connect your wallet', text: 'The payout form opens as soon as it is connected.' },
    consent: {
      title: 'Use your existing verification?',
      text: 'You have already verified your identity. If you agree, we share your verified identity data with Coinflow, which makes the payout.',
    },
    needsInput: { title: moreNeeded, text: 'Add it in a new tab; this page goes on by itself.' },
    needsSupport: { title: moreNeeded, text: 'Please contact support to add it.' },
    declined: { title: 'Your verification was not accepted', text: 'The payout partner could not accept it.' },
    expired: { title: 'Your verification has expired', text: 'It needs to be renewed before you can withdraw.' },
    blocked: {
      title: 'Withdrawals are not available',
      text: 'Payouts to this account are not possible. Please contact support.',
    },
    delayed: { title: 'This takes longer than usual', text: 'You can leave and come back any time. Nothing is lost.' },
    exhausted: { title: 'Still not confirmed', text: 'You can check again now, or come back later.' },
    tokenRefused: { title: unusable, text: 'The payout partner did not accept it. It may not be complete yet.' },
    tokenSpent: { title: unusable, text: 'It was passed on before. Please reload this page, or contact support.' },
    tokenUnavailable: { title: 'Your verification is not reachable', text: 'Please try again in a moment.' },
    noShareableVerification: {
      title: 'No finished verification yet',
      text: 'Please finish verifying your identity, then come back here.',
    },
    unauthenticated: {
      title: 'Please sign in',
      text: 'Your session has ended. Sign in again; this page goes on by itself.',
    },
    forbidden: {
      title: 'Not available for this account',
      text: 'This account cannot withdraw here. Please contact support.',
    },
    subjectMismatch: {
      title: 'You are signed in as somebody else',
      text: 'Reload this page to go on with the other account.',
    },
    rateLimited: { title: 'One moment, please', text: 'There is a lot going on. This page goes on by itself.' },
    offline: { title: 'You are offline', text: 'This page goes on by itself when you are connected again.' },
    unreachable: { title: 'No connection', text: 'We cannot be reached just now. Please try again.' },
    misconfigured: { title: ourSide, text: 'Please contact support.' },
    server: { title: ourSide, text: 'Please try again in a moment, or contact support.' },
    malformed: { title: ourSide, text: 'Please try again in a moment, or contact support.' },
    withdrawUnavailable: { title: notLoaded, text: 'Please try again, or reload this page.' },
    withdrawBlocked: { title: notLoaded, text: 'Please contact support.' },
    renderFailed: { title: ourSide, text: 'Please try again.' },
  },
  steps: { check: 'Find your verification', share: 'Confirm it', open: 'Open the payout form' },
  actions: {
    retry: 'Try again',
    support: 'Contact support',
    cancel: 'Not now',
    consent: 'Agree and continue',
    recheck: 'Check again',
    reload: 'Reload',
    continue: 'Continue',
    chooseFallback: 'Verify with Coinflow instead',
  },
  frameTitle: 'Payout form',
  notLoading: 'Not loading?',
  times: { next: 'Trying again {time}.', waited: 'Waiting for {time}.' },
};

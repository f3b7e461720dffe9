import type { GateState } from '../gate/GateState';
import type { GateMessages, ScreenText } from './messages';

/** The steps of waiting, in order. */
export type Step = keyof GateMessages['steps'];

/** What a button on a screen does. */
export type Action = 'agree' | 'retry' | 'recheck' | 'fallback';

/** A screen as data: words, steps, and what can be done, the main thing first. */
export interface Screen {
  readonly text: (messages: GateMessages) => ScreenText;
  readonly look: 'progress' | 'question' | 'notice' | 'problem';
  readonly step?: Step;
  readonly actions?: readonly Action[];
  /** "Check again" reads better than "try again" where nothing has failed. @default 'retry' */
  readonly retryLabel?: 'recheck';
  /** The user's verification link. */
  readonly link?: string;
  /** Offer support, where the merchant named one. */
  readonly support?: true;
  /** Offer to leave, where the merchant takes it. */
  readonly cancel?: true;
}

/** The screen of a state. Every arm has its own; a missing one does not compile. */
export function screenOf(state: GateState): Screen {
  switch (state.status) {
    case 'consent':
      return { text: (m) => m.consent, look: 'question', actions: ['agree'], cancel: true };
    case 'checking':
      return { text: (m) => m.checking, look: 'progress', step: 'check' };
    case 'registering':
      return { text: (m) => m.registering, look: 'progress', step: 'share' };
    case 'processing':
      return { text: (m) => m.processing, look: 'progress', step: 'share' };
    case 'needsInput': {
      const link = state.links[0]?.link;
      return link
        ? { text: (m) => m.needsInput, look: 'question', link, cancel: true }
        : { text: (m) => m.needsSupport, look: 'notice', actions: ['recheck'], support: true, cancel: true };
    }
    case 'declined':
      return { text: (m) => m.declined, look: 'problem', actions: offered(false, state.canFallback), support: true, cancel: true };
    case 'expired':
      return { text: (m) => m.expired, look: 'problem', actions: offered(state.canRetry, state.canFallback), support: true, cancel: true };
    case 'blocked':
      return { text: (m) => m.blocked, look: 'problem', support: true, cancel: true };
    case 'delayed':
      return state.exhausted
        ? { text: (m) => m.exhausted, look: 'notice', actions: ['retry'], retryLabel: 'recheck', support: true, cancel: true }
        : { text: (m) => m.delayed, look: 'progress', step: 'share', cancel: true };
    case 'failed': {
      const { failure, canRetry, canFallback } = state;
      return {
        text: (m) => m.failures[failure.code],
        look: 'problem',
        actions: offered(canRetry, canFallback),
        support: true,
        cancel: true,
      };
    }
    case 'fallback':
    case 'ready':
      return { text: (m) => m.opening, look: 'progress', step: 'open' };
    default:
      return state satisfies never;
  }
}

function offered(canRetry: boolean, canFallback: boolean): readonly Action[] {
  return [...(canRetry ? (['retry'] as const) : []), ...(canFallback ? (['fallback'] as const) : [])];
}

import type { FailureCode } from '../contract/failures';
import type { VerificationLink } from '../contract/WithdrawerRecord';
import type { GateState } from '../gate/GateState';
import type { GateMessages, ScreenKey } from './messages';

/** The steps of waiting, in order. */
export type Step = keyof GateMessages['steps'];

/** What a button on a screen does. */
export type Action = 'consent' | 'retry' | 'recheck' | 'chooseFallback' | 'reload';

/** A screen as data: words, steps, and what can be done, the main thing first. */
export interface Screen {
  readonly text: ScreenKey;
  readonly mood: 'progress' | 'question' | 'notice' | 'problem';
  readonly step?: Step;
  readonly actions?: readonly Action[];
  /** Where the user gives what is missing, the main one first. */
  readonly links?: readonly VerificationLink[];
  /** Offer support, where the merchant named one. */
  readonly support?: true;
}

/** The screen of a state. Every arm has its own; a missing one does not compile. */
export function screenOf(state: GateState): Screen {
  switch (state.status) {
    case 'consent':
      return { text: 'consent', mood: 'question', actions: ['consent'] };
    case 'checking':
      return { text: 'checking', mood: 'progress', step: 'check' };
    case 'registering':
    case 'processing':
      return { text: state.status, mood: 'progress', step: 'share' };
    case 'needsInput':
      return state.links.length > 0
        ? { text: 'needsInput', mood: 'question', links: state.links }
        : { text: 'needsSupport', mood: 'notice', actions: ['recheck'], support: true };
    case 'declined':
      return problem('declined', [], state.canFallback);
    case 'expired':
      return problem('expired', state.canRetry ? ['retry'] : [], state.canFallback);
    case 'blocked':
      return problem('blocked');
    case 'delayed':
      return state.exhausted
        ? { text: 'exhausted', mood: 'notice', actions: ['recheck'], support: true }
        : { text: 'delayed', mood: 'progress', step: 'share' };
    case 'failed':
      return problem(state.failure.code, waysOf(state.failure.code, state.canRetry), state.canFallback);
    case 'fallback':
    case 'ready':
      return { text: 'opening', mood: 'progress', step: 'open' };
    default:
      return state satisfies never;
  }
}

/** Where trying the same again is not the way, or not the only one. */
const waysOn: { readonly [Code in FailureCode]?: readonly Action[] } = {
  // The page knows the other user, or another token, only once it is loaded again.
  subjectMismatch: ['reload'],
  tokenSpent: ['reload'],
  // Some browsers remember that a file could not be loaded.
  withdrawUnavailable: ['retry', 'reload'],
};

function waysOf(code: FailureCode, canRetry: boolean): readonly Action[] {
  // The one token that the page holds was refused; it may have another once it is loaded again.
  if (code === 'tokenRefused' && !canRetry) return ['reload'];
  return waysOn[code] ?? (canRetry ? ['retry'] : []);
}

function problem(text: ScreenKey, actions: readonly Action[] = [], canFallback = false): Screen {
  return { text, mood: 'problem', actions: canFallback ? [...actions, 'chooseFallback'] : actions, support: true };
}

import type { FailureCode } from '../../contract/failures';
import type { VerificationLink } from '../../contract/record';
import type { GateState } from '../../gate/GateState';
import type { GateMessages, ScreenKey } from '../messages';

/** The steps while the user waits, in order. */
export type Step = keyof GateMessages['steps'];

/** What a button on a screen does. */
export type Action = 'consent' | 'retry' | 'recheck' | 'chooseFallback' | 'reload';

/** A screen as data: its texts, step and actions. */
export interface Screen {
  readonly text: ScreenKey;
  readonly mood: 'progress' | 'question' | 'notice' | 'problem';
  readonly step?: Step;
  /** Buttons, the main one first. */
  readonly actions?: readonly Action[];
  /** Links where the user provides what is missing, the main one first. */
  readonly links?: readonly VerificationLink[];
  /** Offers support, if the merchant named any. */
  readonly support?: true;
}

/** The screen of each state. A missing arm doesn't compile. */
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

/** Failures for which *Try again* isn't the way forward, or not the only one. */
const waysOn: { readonly [Code in FailureCode]?: readonly Action[] } = {
  // Only a reload tells the page about the other user, or gives it another token.
  subjectMismatch: ['reload'],
  tokenSpent: ['reload'],
  // Some browsers remember that a file failed to load.
  withdrawUnavailable: ['retry', 'reload'],
};

function waysOf(code: FailureCode, canRetry: boolean): readonly Action[] {
  // The only token the page holds was refused. After a reload it may have another.
  if (code === 'tokenRefused' && !canRetry) return ['reload'];
  return waysOn[code] ?? (canRetry ? ['retry'] : []);
}

function problem(text: ScreenKey, actions: readonly Action[] = [], canFallback = false): Screen {
  return { text, mood: 'problem', actions: canFallback ? [...actions, 'chooseFallback'] : actions, support: true };
}

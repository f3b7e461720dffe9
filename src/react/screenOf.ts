import type { GateState } from '../gate/GateState';
import type { GateMessages, ScreenKey } from './messages';

/** The steps of waiting, in order. */
export type Step = keyof GateMessages['steps'];

/** What a button on a screen does. */
export type Action = 'agree' | 'retry' | 'recheck' | 'fallback';

/** A screen as data: words, steps, and what can be done, the main thing first. */
export interface Screen {
  readonly text: ScreenKey;
  readonly mood: 'progress' | 'question' | 'notice' | 'problem';
  readonly step?: Step;
  readonly actions?: readonly Action[];
  /** The user's verification link. */
  readonly link?: string;
  /** Offer support, where the merchant named one. */
  readonly support?: true;
}

/** The screen of a state. Every arm has its own; a missing one does not compile. */
export function screenOf(state: GateState): Screen {
  switch (state.status) {
    case 'consent':
      return { text: 'consent', mood: 'question', actions: ['agree'] };
    case 'checking':
      return { text: 'checking', mood: 'progress', step: 'check' };
    case 'registering':
    case 'processing':
      return { text: state.status, mood: 'progress', step: 'share' };
    case 'needsInput': {
      const link = state.links[0]?.link;
      return link ? { text: 'needsInput', mood: 'question', link } : { text: 'needsSupport', mood: 'notice', actions: ['recheck'], support: true };
    }
    case 'declined':
      return problem('declined', false, state.canFallback);
    case 'expired':
      return problem('expired', state.canRetry, state.canFallback);
    case 'blocked':
      return problem('blocked', false, false);
    case 'delayed':
      return state.exhausted
        ? { text: 'exhausted', mood: 'notice', actions: ['recheck'], support: true }
        : { text: 'delayed', mood: 'progress', step: 'share' };
    case 'failed':
      return problem(state.failure.code, state.canRetry, state.canFallback);
    case 'fallback':
    case 'ready':
      return { text: 'opening', mood: 'progress', step: 'open' };
    default:
      return state satisfies never;
  }
}

function problem(text: ScreenKey, canRetry: boolean, canFallback: boolean): Screen {
  return { text, mood: 'problem', actions: [...(canRetry ? (['retry'] as const) : []), ...(canFallback ? (['fallback'] as const) : [])], support: true };
}

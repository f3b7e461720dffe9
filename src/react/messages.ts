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

/** Texts that are needed before the engine is there, and with it the others. */
type EarlyKey = 'checking' | 'registering' | 'processing' | 'opening' | 'unreachable' | 'misconfigured';

/** The texts as far as they have been loaded. */
export type LoadedMessages = Omit<GateMessages, 'screens'> & {
  readonly screens: Pick<GateMessages['screens'], EarlyKey> & Partial<GateMessages['screens']>;
};

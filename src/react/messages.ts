import type { FailureCode } from '../contract/failures';
import type { GateStatus } from '../gate/GateState';

/** One screen's words. */
export interface ScreenText {
  readonly title: string;
  readonly text: string;
}

/** Every text the gate shows. Plain words: no codes, no blame, a way forward. */
export interface GateMessages {
  /** BCP 47 language of the texts: `lang` of the gate's root, and the language in which numbers and times are written. */
  readonly lang: string;
  /** Writing direction of the texts: `dir` of the gate's root. */
  readonly dir: 'ltr' | 'rtl';
  /** One per screen, and one per failure code. */
  readonly screens: { readonly [Key in ScreenKey]: ScreenText };
  /** The steps shown while waiting, in order. */
  readonly steps: { readonly check: string; readonly share: string; readonly open: string };
  readonly actions: { readonly [Key in ActionKey]: string };
  /** `{time}` stands for a time, written for `lang` with its plurals. */
  readonly times: {
    /** Before the gate asks again: `{time}` is like "in 5 seconds". */
    readonly next: string;
    /** While it takes long: `{time}` is like "2 minutes". */
    readonly waited: string;
  };
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

export type ActionKey =
  'consent' | 'retry' | 'recheck' | 'continue' | 'chooseFallback' | 'support' | 'cancel' | 'reload';

/** Texts that are needed before the engine is there, and with it the others. */
type EarlyScreen = 'checking' | 'opening' | 'unreachable' | 'misconfigured';
type EarlyAction = 'retry' | 'support' | 'cancel';

/** The texts as far as they have been loaded. */
export type LoadedMessages = Omit<GateMessages, 'screens' | 'actions' | 'times' | 'notLoading'> & {
  readonly screens: Loaded<GateMessages['screens'], EarlyScreen>;
  readonly actions: Loaded<GateMessages['actions'], EarlyAction>;
  readonly times?: GateMessages['times'];
  readonly notLoading?: string;
};

type Loaded<Texts, Early extends keyof Texts> = Pick<Texts, Early> & Partial<Texts>;

import type { FailureCode } from '../contract/failures';
import type { GateStatus } from '../gate/GateState';

/** The texts of one screen. */
export interface ScreenText {
  readonly title: string;
  readonly text: string;
}

/** Every text the gate shows. Plain words: no codes, no blame, a way forward. */
export interface GateMessages {
  /** Language of the texts, as a BCP 47 tag. Sets `lang` on the gate's root and formats numbers and times. */
  readonly lang: string;
  /** Writing direction of the texts. Sets `dir` on the gate's root. */
  readonly dir: 'ltr' | 'rtl';
  /** Texts per screen and per failure code. */
  readonly screens: { readonly [Key in ScreenKey]: ScreenText };
  /** The steps shown while the user waits, in order. */
  readonly steps: { readonly check: string; readonly share: string; readonly open: string };
  /** Labels of buttons and links. */
  readonly actions: { readonly [Key in ActionKey]: string };
  /** `{time}` stands for a time, formatted for `lang` with the right plural. */
  readonly times: {
    /** Until the gate tries again: `{time}` is like "in 5 seconds". */
    readonly next: string;
    /** During a long wait: `{time}` is like "2 minutes". */
    readonly waited: string;
  };
  /** Next to `actions.reload`, if the form's frame stays silent. */
  readonly notLoading: string;
  /** Title of Coinflow's frame, read by screen readers. */
  readonly frameTitle: string;
}

/**
 * Keys of the screens that have texts. `needsSupport`: `needsInput` without a link to offer. `exhausted`:
 * `delayed` after polling has stopped.
 */
export type ScreenKey =
  | Exclude<GateStatus, 'failed' | 'ready' | 'fallback'>
  | 'needsSupport'
  | 'exhausted'
  /** Coinflow's frame loads. */
  | 'opening'
  /** The wallet is not connected. */
  | 'wallet'
  | FailureCode;

/** Keys of the labels of buttons and links. */
export type ActionKey =
  'consent' | 'retry' | 'recheck' | 'continue' | 'chooseFallback' | 'support' | 'cancel' | 'reload';

/** Any part of {@link GateMessages}. */
export type PartialMessages = DeepPartial<GateMessages>;

type DeepPartial<T> = T extends string ? T : { readonly [Key in keyof T]?: DeepPartial<T[Key]> };

/** Applies the merchant's texts to the base texts, one by one. */
export function mergeMessages<T>(base: T, over: unknown): T {
  if (typeof base !== 'object') return (over ?? base) as T;
  const merged = Object.entries(base as object).map(([key, text]) => [
    key,
    mergeMessages(text as unknown, (over as Record<string, unknown> | undefined)?.[key]),
  ]);
  return Object.fromEntries(merged) as T;
}

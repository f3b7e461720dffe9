import type { GateState } from '../../src/gate/GateState';

/** What a record means, told by the model, not by the code under test. */
export type Reading = 'absent' | 'blocked' | 'declined' | 'expired' | 'needsInput' | 'verified' | 'pending';

/** What an answer to a GET said about its subject; missing fields are missing in the body. */
export interface Told {
  readonly reading: Reading;
  readonly availability?: string;
  readonly watchlist?: string;
}

export type RequestKind = 'read' | 'register' | 'key';

/** What became of the share token of a POST: `unknown` where the browser cannot tell. */
export type Outcome = 'taken' | 'refused' | 'unspent' | 'unknown';

/** One thing that was seen from outside the gate. */
export type Fact =
  | {
      readonly is: 'mounted';
      readonly gate: number;
      readonly subject: string;
      readonly openWhen: 'exists' | 'verified';
      readonly asksConsent: boolean;
      /** What the server that rendered the page had read for this subject; `absent` where it was nothing. */
      readonly initial?: Told | undefined;
    }
  | { readonly is: 'openWhen'; readonly gate: number; readonly openWhen: 'exists' | 'verified' }
  | { readonly is: 'unmounted'; readonly gate: number }
  /** `form`: the payout UI is in the page. `text`: everything else that can be seen of this gate. */
  | {
      readonly is: 'shown';
      readonly gate: number;
      readonly state: GateState;
      readonly form: boolean;
      readonly text: string;
    }
  /** The user, the page or the merchant did something. `fallback` is the user's own choice of Coinflow's verification. */
  | { readonly is: 'stimulus'; readonly what: string; readonly gate?: number | undefined }
  | { readonly is: 'page'; readonly awake: boolean; readonly visible: boolean }
  /** The page began. `fromHistory`: the browser showed it again. `locks`: it has Web Locks, and tells of each turn. */
  | { readonly is: 'began'; readonly fromHistory: boolean; readonly locks: boolean }
  /** The page asks for a subject's record before there is a gate. */
  | { readonly is: 'prefetched'; readonly subject: string }
  /** This page has the lock of a subject's registration, or lets go of it. */
  | { readonly is: 'turn'; readonly subject: string; readonly held: boolean }
  /** Held, or, by this page, waited for. */
  | { readonly is: 'lock'; readonly by: 'page' | 'otherTab'; readonly held: boolean }
  /** `by`: subject of the gate that asked. `text`: URL and headers. */
  | {
      readonly is: 'asked';
      readonly id: number;
      readonly kind: RequestKind;
      readonly subject: string;
      readonly by: string;
      readonly token?: string | undefined;
      readonly text: string;
    }
  /** The answer reached the page, or its loss did. */
  | {
      readonly is: 'answered';
      readonly id: number;
      readonly told?: Told | undefined;
      readonly outcome?: Outcome | undefined;
      readonly retryAfterMs?: number | undefined;
    }
  | { readonly is: 'text'; readonly where: string; readonly text: string }
  | { readonly is: 'threw'; readonly text: string }
  /** After a long quiet with an honest backend: what the backend knows of this gate's subject. */
  | { readonly is: 'settled'; readonly gate: number; readonly truth: Reading }
  /** What is left once every gate is gone. */
  | { readonly is: 'left'; readonly what: string; readonly count: number };

/** `at`: true time, ms. `wall`: what the page's clock says, which may jump. */
export type Event = Fact & { readonly at: number; readonly wall: number };

export type Trace = readonly Event[];

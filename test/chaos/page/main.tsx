import { type ComponentProps, StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { type GateState, KycReuseGate } from '../../../src';
import type { Event, Fact, Outcome, Reading } from '../../proof/Trace';
import { readingOfAnswer } from '../readingOfAnswer';
import '../../../src/styles.css';

/** What can be seen of the gate at one moment. */
export interface Look {
  readonly state: GateState | undefined;
  readonly form: boolean;
  /** What the user could press, the main thing first. */
  readonly buttons: readonly string[];
  readonly links: number;
}

declare global {
  interface Window {
    chaos: {
      /** Everything that was seen of the gates of this page load, as the proof's invariants read it. */
      readonly trace: Event[];
      mount(
        subject: string,
        props: Partial<ComponentProps<typeof KycReuseGate>> & {
          readonly endpoint: string;
          readonly openWhen: 'exists' | 'verified';
        },
      ): void;
      unmount(): void;
      look(): Look;
      /** Presses the first button. */
      press(): void;
      note(fact: Fact): void;
      /** It is long quiet, and this is what the record means. */
      settle(truth: Reading): void;
    };
  }
}

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root.');
const root = createRoot(element);
const trace: Event[] = [];
let gate = 0;
let requests = 0;
let state: GateState | undefined;

function note(fact: Fact): void {
  const now = Date.now();
  trace.push({ ...fact, at: now, wall: now });
}

/** Asks, and notes question and answer at the very moments at which the gate sends and gets them. */
async function ask(subject: string, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const kind = request.method === 'POST' ? 'register' : url.searchParams.has('session') ? 'key' : 'read';
  const id = ++requests;
  note({
    is: 'asked',
    id,
    kind,
    subject: url.searchParams.get('subject') ?? '',
    by: subject,
    text: `${request.url} ${JSON.stringify([...request.headers])}`,
  });
  try {
    const response = await fetch(request);
    const bytes = await response.arrayBuffer();
    const body = parse(new TextDecoder().decode(bytes));
    const retryAfter = response.headers.get('retry-after');
    note({
      is: 'answered',
      id,
      told: kind === 'read' || isConfirmed(body) ? readingOfAnswer(response.status, body) : undefined,
      outcome: kind === 'register' ? outcomeOf(response.status, body) : undefined,
      retryAfterMs: response.status === 429 && retryAfter !== null ? Number(retryAfter) * 1_000 : undefined,
    });
    return new Response(bytes, { status: response.status, headers: response.headers });
  } catch (error) {
    note({ is: 'answered', id, outcome: 'unknown' });
    throw error;
  }
}

/** The answer to a held POST, which tells what Coinflow has said since. */
function isConfirmed(body: unknown): boolean {
  return (body as { confirmed?: unknown } | null | undefined)?.confirmed === true;
}

function outcomeOf(status: number, body: unknown): Outcome {
  if ((status < 300 && !(status === 200 && body === undefined)) || status === 451) return 'taken';
  const { error } = (body ?? {}) as { error?: { notSent?: boolean; code?: string } };
  if (status === 400 || error?.code === 'noShareableVerification') return 'refused';
  return [401, 403, 404, 405, 409, 413, 415, 422, 429].includes(status) || error?.notSent ? 'unspent' : 'unknown';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isOpen = () => document.querySelector('iframe') !== null;

function see(): void {
  const shown = document.querySelector('[data-kyc-gate]');
  if (!shown || !state) return;
  // The frame's address holds the session key: that is where it belongs.
  const text = shown.innerHTML.replace(/(<iframe[^>]*?) src="[^"]*"/g, '$1');
  const status = shown.getAttribute('data-kyc-gate');
  // The handler is told after the commit; what is in the page counts.
  if (status === state.status) note({ is: 'shown', gate, state, form: isOpen(), text });
  else if (isOpen()) note({ is: 'shown', gate, state: { ...state, status } as GateState, form: true, text });
}
new MutationObserver(see).observe(element, { subtree: true, childList: true, attributes: true });

const { locks } = navigator;
const request = locks.request.bind(locks) as (...args: unknown[]) => Promise<unknown>;
locks.request = (...args: unknown[]) => {
  note({ is: 'lock', by: 'page', held: true });
  return request(...args).finally(() => note({ is: 'lock', by: 'page', held: false }));
};

addEventListener('error', ({ message }) => note({ is: 'threw', text: message }));
addEventListener('unhandledrejection', ({ reason }) => note({ is: 'threw', text: String(reason) }));

window.chaos = {
  trace,
  note,
  settle: (truth) => note({ is: 'settled', gate, truth }),
  mount(subject, props) {
    gate++;
    state = { status: 'checking' };
    note({ is: 'mounted', gate, subject, openWhen: props.openWhen, asksConsent: false });
    const all = {
      ...props,
      subject,
      withdraw: { merchantId: 'acme', env: 'local' },
      request: { fetch: (it: Request) => ask(subject, it) },
      onStateChange(next: GateState) {
        state = next;
        see();
      },
    } as ComponentProps<typeof KycReuseGate>;
    flushSync(() =>
      root.render(
        <StrictMode key={gate}>
          <KycReuseGate {...all} />
        </StrictMode>,
      ),
    );
  },
  unmount() {
    flushSync(() => root.render(null));
    note({ is: 'unmounted', gate });
    state = undefined;
  },
  look: () => ({
    state,
    form: isOpen(),
    buttons: [...document.querySelectorAll('[data-kyc-gate] button')].map(({ textContent }) => textContent),
    links: document.querySelectorAll('[data-kyc-gate] a').length,
  }),
  press() {
    const button = document.querySelector<HTMLButtonElement>('[data-kyc-gate] button');
    const what = { 'Try again': 'retry', 'Check again': 'recheck' }[button?.textContent ?? ''] ?? 'nothing';
    note({ is: 'stimulus', what, gate });
    button?.click();
  },
};

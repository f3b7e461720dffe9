import { QueryClient } from '@tanstack/react-query';
import { type ComponentProps, type ReactNode, StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import {
  type GateHandle,
  type GateState,
  KycReuseGate,
  prefetchKycReuse,
  type PrefetchKycReuseOptions,
  type TokenSource,
} from '../../../src';
import '../../../src/styles.css';
import { MerchantCache } from './MerchantCache';
import { type PageTraces, watchTraces } from './watchTraces';

/** What a test asks the page to show: props as plain data, and switches for what JSON cannot carry. */
export interface Shown {
  readonly props: Partial<ComponentProps<typeof KycReuseGate>> & {
    readonly endpoint: string;
    readonly subject: string | null;
  };
  /** `children` in place of `withdraw`. */
  readonly children?: 'element' | 'function' | 'throwing' | 'throwingUntilMended';
  /** `shareToken` is a function: one that throws, or one that fetches the signed-in user's from the backend. */
  readonly shareToken?: keyof typeof tokenFunctions;
  /** The gate's reads lie in a query cache of the merchant's. */
  readonly queryClient?: true | 'persisted' | 'inspected';
  /** `onCancel` is given. */
  readonly cancel?: boolean;
  /** `withdraw.onSuccess` is given, and goes by this name among the events. */
  readonly onSuccess?: string;
}

declare global {
  interface Window {
    merchant: {
      /** Renders in StrictMode, and comes back when React has committed. */
      show(shown: Shown | null): void;
      reload(): void;
      recheck(): void;
      /** As when the user points at "Withdraw". */
      prefetch(options: PrefetchKycReuseOptions): void;
      /** How often the page was told that the form is seen. */
      opened: number;
      /** From now on the children that threw render. */
      mend(): void;
      readonly events: string[];
      readonly states: GateState[];
      /** Whether `document` held a frame, at every change of it. */
      readonly frames: string[];
      readonly traces: () => Promise<PageTraces>;
      readonly queryClient: QueryClient;
    };
  }
}

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root.');
const root = createRoot(element);
const traces = watchTraces();
const queryClient = new QueryClient();
const events: string[] = [];
const states: GateState[] = [];
const frames: string[] = [];
let handle: GateHandle | null = null;
let mended = false;

const tokenFunctions = {
  throwing: () => {
    throw new Error('no token today');
  },
  fetching: async () => {
    events.push('token');
    const response = await fetch('/api/share-token');
    return (await response.json()) as TokenSource;
  },
};

new MutationObserver(() => {
  const src = document.querySelector('iframe')?.src ?? 'none';
  if (frames.at(-1) !== src) frames.push(src);
}).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['src'] });

window.merchant = {
  events,
  traces,
  queryClient,
  frames,
  states,
  reload: () => handle?.reload(),
  recheck: () => handle?.recheck(),
  prefetch: prefetchKycReuse,
  opened: 0,
  mend: () => void (mended = true),
  show: (shown) => flushSync(() => root.render(<StrictMode>{shown && page(shown)}</StrictMode>)),
};

function page({ props, children, shareToken, queryClient: ownClient, cancel, onSuccess }: Shown): ReactNode {
  const all = {
    ref: (it: GateHandle | null) => void (handle = it),
    ...props,
    onStateChange: (state: GateState) => {
      events.push(state.status);
      states.push(state);
    },
    onOpen: () => void window.merchant.opened++,
    onError: ({ code }: { code: string }) => events.push(`error ${code}`),
    ...(shareToken && { shareToken: tokenFunctions[shareToken] }),
    ...(ownClient && { queryClient }),
    ...(cancel && { onCancel: () => events.push('cancel') }),
    ...(onSuccess && { withdraw: { ...props.withdraw, onSuccess: () => events.push(`success ${onSuccess}`) } }),
    ...(children && { withdraw: undefined, children: contents[children] }),
  } as ComponentProps<typeof KycReuseGate>;
  const gate = <KycReuseGate {...all} />;
  if (!ownClient || ownClient === true) return gate;
  return (
    <MerchantCache client={queryClient} how={ownClient}>
      {gate}
    </MerchantCache>
  );
}

const contents: Record<NonNullable<Shown['children']>, ComponentProps<typeof KycReuseGate>['children']> = {
  element: <p>Own payout</p>,
  function: ({ record }) => <p>Own payout, {record?.status}</p>,
  throwing,
  throwingUntilMended: () => (mended ? <p>Own payout, mended</p> : throwing()),
};

function throwing(): never {
  throw new Error('broken child');
}

import { type ComponentProps, type ReactNode, StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { type GateHandle, KycReuseGate } from '../../../src';
import '../../../src/styles.css';

/** What a test asks the page to show: props as plain data, and switches for what JSON cannot carry. */
export interface Shown {
  readonly props: Partial<ComponentProps<typeof KycReuseGate>> & { readonly endpoint: string; readonly subject: string };
  /** `children` in place of `withdraw`. */
  readonly children?: 'element' | 'function' | 'throwing';
  /** `shareToken` is a function that throws. */
  readonly throwingToken?: boolean;
}

declare global {
  interface Window {
    merchant: {
      /** Renders in StrictMode, and comes back when React has committed. */
      show(shown: Shown | null): void;
      reload(): void;
      readonly events: string[];
      /** Whether `document` held a frame, at every change of it. */
      readonly frames: string[];
    };
  }
}

const element = document.getElementById('root');
if (!element) throw new Error('index.html has no #root.');
const root = createRoot(element);
const events: string[] = [];
const frames: string[] = [];
let handle: GateHandle | null = null;

new MutationObserver(() => {
  const src = document.querySelector('iframe')?.src ?? 'none';
  if (frames.at(-1) !== src) frames.push(src);
}).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['src'] });

window.merchant = {
  events,
  frames,
  reload: () => handle?.reload(),
  show: (shown) => flushSync(() => root.render(<StrictMode>{shown && page(shown)}</StrictMode>)),
};

function page({ props, children, throwingToken }: Shown): ReactNode {
  const common = {
    ...props,
    onStateChange: ({ status }: { status: string }) => events.push(status),
    onError: ({ code }: { code: string }) => events.push(`error ${code}`),
    ...(throwingToken && {
      shareToken: () => {
        throw new Error('no token today');
      },
    }),
  } as ComponentProps<typeof KycReuseGate>;
  if (!children) return <KycReuseGate ref={(it) => void (handle = it)} {...common} />;
  return (
    <KycReuseGate {...common} withdraw={undefined as never}>
      {children === 'element' ? <p>Own payout</p> : children === 'function' ? ({ record }) => <p>Own payout, {record?.status}</p> : throwing}
    </KycReuseGate>
  );
}

function throwing(): never {
  throw new Error('broken child');
}

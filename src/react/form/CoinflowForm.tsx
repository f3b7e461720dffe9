import { CoinflowWithdraw } from '@coinflowlabs/react';
import { type ComponentType, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { warnOnce } from '../../client/options';
import type { GateFailure } from '../../contract/failures';
import { coinflowProps } from './coinflowProps';
import { formTheme } from './formTheme';
import { addressOf } from './identity';
import type { LookOf } from '../look/appearance';
import type { GateMessages } from '../messages';
import { coinflowOrigin } from './coinflowOrigin';
import { useFrameWatch } from './useFrameWatch';
import { lacksWeb3, WalletWithoutWeb3 } from './WalletWithoutWeb3';
import type { WithdrawProps } from './WithdrawProps';

/** Props of {@link CoinflowForm}. */
export interface CoinflowFormProps {
  readonly withdraw: WithdrawProps;
  readonly subject: string;
  readonly sessionKey: string | undefined;
  /** `auto`: the height that Coinflow's page asks for. A number: pixels, and the frame scrolls. */
  readonly height: 'auto' | number | undefined;
  readonly messages: GateMessages;
  readonly look: LookOf;
  /** The gate's root. The form takes its look from there. */
  readonly root: RefObject<HTMLElement | null>;
  /** The waiting screen covers the frame, so hide it from view, screen readers and the keyboard. */
  readonly isCovered: boolean;
  /**
   * Called with `true` when the frame has something to show or stays silent for too long, and with
   * `false` when the form unmounts.
   */
  readonly onShown: (isShown: boolean) => void;
  readonly onReload: () => void;
  readonly onFailure: (failure: GateFailure) => void;
}

/** Typed for props that `coinflowProps` builds. */
const Coinflow = CoinflowWithdraw as unknown as ComponentType<Record<string, unknown>>;

/**
 * The open form. Mounts once the record and, for a user known by id, the session key are there; from
 * then on it leaves its frame alone.
 *
 * The only file that imports Coinflow. It is loaded with `import()`, so that web3 and Coinflow's code stay
 * out of the merchant's first load.
 */
export function CoinflowForm(props: CoinflowFormProps) {
  return lacksWeb3(props.withdraw) ? <WalletWithoutWeb3 onFailure={props.onFailure} /> : <OpenForm {...props} />;
}

function OpenForm({
  withdraw,
  subject,
  sessionKey,
  height: wantedHeight = 'auto',
  messages,
  look,
  root,
  isCovered,
  onShown,
  onReload,
  onFailure,
}: CoinflowFormProps) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(withdraw);
  const [opened] = useState(withdraw);
  const [height] = useState(wantedHeight);
  const [contentHeight, setContentHeight] = useState<number>();
  // One element for the whole life of the form: Coinflow recomputes the frame's URL on every render, partly
  // from values outside its props.
  // eslint-disable-next-line react-hooks/refs -- only handlers read `latest`, long after this render; `root` mounts before its form
  const [form] = useState(() => {
    const theme = root.current ? formTheme(root.current, withdraw.theme) : withdraw.theme;
    const onHeight = (text: string) => {
      const pixels = Number.parseFloat(text);
      if (pixels > 0) setContentHeight(Math.ceil(pixels));
    };
    return (
      <Coinflow
        {...coinflowProps(
          { ...withdraw, ...(theme && { theme }) },
          () => latest.current,
          sessionKey,
          height === 'auto' ? onHeight : undefined,
        )}
      />
    );
  });

  useEffect(() => {
    latest.current = withdraw;
    warnOfKeptBack(opened, withdraw);
  });
  const address = addressOf(opened.wallet);
  useEffect(() => {
    // In an EVM address, letter case is only a checksum.
    if (address && !opened.sessionKey && address.toLowerCase() !== subject.toLowerCase()) warnOnce('walletNotSubject');
  }, [address, opened, subject]);
  const phase = useFrameWatch(box, coinflowOrigin(withdraw.env), messages.frameTitle, onFailure);
  // A layout effect: the next form starts covered. It runs again when a Suspense boundary around the gate
  // has hidden the form for a while.
  useLayoutEffect(() => {
    onShown(phase !== 'loading');
    return () => onShown(false);
  }, [phase, onShown]);

  const boxProps = look('form');
  const pixels = height === 'auto' ? contentHeight : height;
  return (
    <>
      <div
        ref={box}
        {...boxProps}
        style={{
          ...boxProps.style,
          ...(pixels && { height: pixels }),
          ...(height !== 'auto' && { minBlockSize: height }),
          ...(isCovered && { visibility: 'hidden' }),
        }}
      >
        {form}
      </div>
      {phase === 'silent' && (
        <p {...look('notice')}>
          {messages.notLoading}{' '}
          <button type="button" {...look('link')} onClick={onReload}>
            {messages.actions.reload}
          </button>
        </p>
      )}
    </>
  );
}

function warnOfKeptBack(opened: WithdrawProps, withdraw: WithdrawProps): void {
  if (process.env.NODE_ENV === 'production') return;
  const [before, after] = [opened, withdraw] as unknown as Record<string, unknown>[];
  for (const name of Object.keys({ ...before, ...after })) {
    const values = [before?.[name], after?.[name]];
    if (name === 'wallet' || name === 'connection' || values.some((value) => typeof value === 'function')) continue;
    if (!isSame(values[0], values[1])) warnOnce('keptBack', name);
  }
}

/** Compares as JSON, or by identity if that isn't possible (a BigInt, a cycle). */
function isSame(a: unknown, b: unknown): boolean {
  try {
    return JSON.stringify(a) === JSON.stringify(b);
  } catch {
    return Object.is(a, b);
  }
}

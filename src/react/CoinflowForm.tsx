import { CoinflowWithdraw } from '@coinflowlabs/react';
import { type ComponentType, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { warnOnce } from '../client/warnOnce';
import type { GateFailure } from '../contract/failures';
import { addressOf } from './addressOf';
import { coinflowOrigin } from './coinflowOrigin';
import { coinflowProps } from './coinflowProps';
import { formTheme } from './formTheme';
import type { LoadedMessages } from './messages';
import type { LookOf } from './createLookOf';
import { useFrameWatch } from './useFrameWatch';
import type { WithdrawProps } from './WithdrawProps';

export interface CoinflowFormProps {
  readonly withdraw: WithdrawProps;
  readonly subject: string;
  readonly sessionKey: string | undefined;
  /** `auto`: as high as Coinflow's page says. A number is pixels; the frame scrolls then. */
  readonly height: 'auto' | number | undefined;
  readonly messages: LoadedMessages;
  readonly look: LookOf;
  /** The gate's root, whose look the form takes over. */
  readonly root: RefObject<HTMLElement | null>;
  /** The waiting screen lies over the frame: it is not to be seen, heard or reached by keyboard. */
  readonly isCovered: boolean;
  /** Whether the frame has something to show, or nothing was heard of it in time. `false` when the form goes away. */
  readonly onShown: (isShown: boolean) => void;
  readonly onReload: () => void;
  readonly onFailure: (failure: GateFailure) => void;
}

/** With the props that the gate itself puts together. */
const Coinflow = CoinflowWithdraw as unknown as ComponentType<Record<string, unknown>>;

/**
 * The open form. Mounted once the record and, for a user known by id, the session key are there; from then on its frame is left alone.
 *
 * The only file that imports Coinflow. It is loaded by `import()`, so that web3 and Coinflow's code stay out of the merchant's first load.
 */
export function CoinflowForm({
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
  // One element for the form's whole life: Coinflow recomputes the frame's URL at every render, and parts of it come from elsewhere.
  // eslint-disable-next-line react-hooks/refs -- `latest` is read by handlers only, long after this render; `root` is mounted before its form
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
    // Of an EVM address only the checksum lies in its letters' case.
    if (address && !opened.sessionKey && address.toLowerCase() !== subject.toLowerCase()) warnOnce('walletNotSubject');
  }, [address, opened, subject]);
  const phase = useFrameWatch(box, coinflowOrigin(withdraw.env), messages.frameTitle, onFailure);
  // In the commit in which it goes: the next form starts covered. Told anew where a Suspense boundary around the gate has hidden it for a while.
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

/** What cannot be written as JSON (a BigInt, a cycle) is compared by identity. */
function isSame(a: unknown, b: unknown): boolean {
  try {
    return JSON.stringify(a) === JSON.stringify(b);
  } catch {
    return Object.is(a, b);
  }
}

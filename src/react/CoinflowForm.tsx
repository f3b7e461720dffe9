import { useEffect, useRef, useState } from 'react';
import { warnOnce } from '../client/warnOnce';
import type { GateFailure } from '../contract/failures';
import { coinflowOrigin } from './coinflowOrigin';
import { coinflowProps } from './coinflowProps';
import type { CoinflowComponent } from './loadCoinflow';
import { type FramePhase, useFrameWatch } from './useFrameWatch';
import type { WithdrawProps } from './WithdrawProps';

interface CoinflowFormProps {
  readonly Coinflow: CoinflowComponent;
  readonly withdraw: WithdrawProps;
  readonly sessionKey: string | undefined;
  /** `auto`: as high as Coinflow's page says. A number is pixels; the frame scrolls then. */
  readonly height: 'auto' | number;
  readonly frameTitle: string;
  readonly onPhase: (phase: FramePhase) => void;
  readonly onFailure: (failure: GateFailure) => void;
}

/** The open form. Mounted once the record, the module and, for a user known by id, the session key are there; from then on its frame is left alone. */
export function CoinflowForm({ Coinflow, withdraw, sessionKey, height, frameTitle, onPhase, onFailure }: CoinflowFormProps) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(withdraw);
  const [opened] = useState(withdraw);
  const [contentHeight, setContentHeight] = useState<number>();
  // One element for the form's whole life: Coinflow recomputes the frame's URL at every render, and parts of it come from elsewhere.
  const [form] = useState(() => (
    <Coinflow {...coinflowProps(() => latest.current, sessionKey, height === 'auto' ? onHeight : undefined)} />
  ));
  function onHeight(text: string) {
    const pixels = Number.parseFloat(text);
    if (pixels > 0) setContentHeight(Math.ceil(pixels));
  }

  useEffect(() => {
    latest.current = withdraw;
    warnOfKeptBack(opened, withdraw);
  });
  const phase = useFrameWatch(box, coinflowOrigin(withdraw.env), frameTitle, onFailure);
  useEffect(() => onPhase(phase), [phase, onPhase]);

  const pixels = height === 'auto' ? contentHeight : height;
  return (
    <div ref={box} data-kyc-part="form" style={pixels ? { height: pixels } : undefined}>
      {form}
    </div>
  );
}

function warnOfKeptBack(opened: WithdrawProps, withdraw: WithdrawProps): void {
  if (process.env.NODE_ENV === 'production') return;
  const [before, after] = [opened, withdraw] as unknown as Record<string, unknown>[];
  for (const name of Object.keys({ ...before, ...after })) {
    const values = [before?.[name], after?.[name]];
    if (name === 'wallet' || name === 'connection' || values.some((value) => typeof value === 'function')) continue;
    if (JSON.stringify(values[0]) === JSON.stringify(values[1])) continue;
    warnOnce(`kept back ${name}`, `\`withdraw.${name}\` changed while the form is open. It is kept back, since the form would reload; call \`reload()\` to apply it.`);
  }
}

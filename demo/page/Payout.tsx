import { type GateHandle, KycReuseGate } from 'kyc-reuse-gate';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Setup } from '../contract/DemoApi';
import { formatMoney } from './formatMoney';
import { FormFailure } from './FormFailure';
import { lumenTheme } from './lumenTheme';
import type { Run } from './Run';
import type { Watched } from './Watched';

interface PayoutProps {
  readonly run: Run;
  readonly setup: Setup;
  readonly scheme: 'light' | 'dark';
  readonly amount: number;
  readonly isPaidOut: boolean;
  readonly onPaidOut: () => void;
  readonly onClose: () => void;
  readonly onWatched: (watched: Watched) => void;
}

// Kept out of the page's first load, as the gate does with its own form.
const UngatedForm = lazy(() => import('./UngatedForm').then((module) => ({ default: module.UngatedForm })));

/** Where "Withdraw" leads: the gate with Coinflow's form behind it, or the form alone. */
export function Payout({ run, setup, scheme, amount, isPaidOut, onPaidOut, onClose, onWatched }: PayoutProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const watched = useRef<Watched>({ of: run.id, path: [], openedAt: null });
  const tell = (change: Partial<Watched>) => {
    watched.current = { ...watched.current, ...change };
    onWatched(watched.current);
  };
  const gate = useRef<GateHandle>(null);
  const shownScheme = useRef(scheme);
  useEffect(() => {
    // An open form keeps the theme it was opened with until it is told to take the new one.
    if (shownScheme.current !== scheme) gate.current?.reload();
    shownScheme.current = scheme;
  }, [scheme]);
  const { merchantId, env } = setup;
  const { email, userId, choice, sessionKey } = run;
  return (
    <section className="card payout" aria-labelledby="payout">
      <div className="payout-head">
        <h2 id="payout" ref={heading} tabIndex={-1}>
          Withdraw {formatMoney(amount)}
        </h2>
        <button type="button" className="quiet" onClick={onClose}>
          {isPaidOut ? 'Done' : 'Close'}
        </button>
      </div>
      {sessionKey ? (
        <FormFailure>
          <Suspense fallback={<p className="muted payout-wait">Opening…</p>}>
            <UngatedForm
              onOpened={() => tell({ openedAt: Date.now() })}
              sessionKey={sessionKey}
              merchantId={merchantId}
              env={env}
              email={email}
              amount={amount}
              theme={lumenTheme[scheme]}
            />
          </Suspense>
        </FormFailure>
      ) : (
        <KycReuseGate
          ref={gate}
          endpoint="/api/kyc"
          subject={userId}
          withdraw={{ merchantId, env, email, amount, onSuccess: onPaidOut }}
          openWhen={choice.openWhen}
          whenReuseFails="coinflow-kyc"
          support="help@lumen.example"
          onCancel={onClose}
          onStateChange={({ status }) => tell({ path: [...watched.current.path, status] })}
          onReady={() => tell({ openedAt: Date.now() })}
        />
      )}
    </section>
  );
}

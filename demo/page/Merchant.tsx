import { useState } from 'react';
import type { Setup } from '../contract/DemoApi';
import { Balance } from './Balance';
import { Earnings } from './Earnings';
import { Payout } from './Payout';
import type { Run } from './Run';
import type { Watched } from './Watched';

interface MerchantProps {
  readonly setup: Setup;
  readonly run: Run | undefined;
  readonly scheme: 'light' | 'dark';
  readonly onWithdraw: () => void;
  readonly onEnd: () => void;
  readonly onWatched: (watched: Watched) => void;
}

/** What a photographer has earned, in dollars. */
const balance = 1284;

/** Lumen, a marketplace where photographers sell licences: the page the gate is built into. */
export function Merchant({ setup, run, scheme, onWithdraw, onEnd, onWatched }: MerchantProps) {
  const [paidOut, setPaidOut] = useState<number>();
  const isPaidOut = run !== undefined && paidOut === run.id;
  return (
    <div className="merchant">
      <header className="masthead">
        <a className="brand" href="./">
          <Mark />
          Lumen
        </a>
        <nav aria-label="Lumen">
          <ul>
            <li>Portfolio</li>
            <li>Licences</li>
            <li aria-current="page">Earnings</li>
          </ul>
        </nav>
        <a className="to-backstage" href="#backstage">
          Behind the scenes
        </a>
        <span className="avatar" role="img" aria-label="Signed in as Avery Example">
          AE
        </span>
      </header>
      <main>
        <h1>Earnings</h1>
        {run ? (
          <Payout
            key={run.id}
            run={run}
            setup={setup}
            scheme={scheme}
            amount={balance}
            isPaidOut={isPaidOut}
            onPaidOut={() => setPaidOut(run.id)}
            onClose={onEnd}
            onWatched={onWatched}
          />
        ) : (
          <Balance amount={balance} onWithdraw={onWithdraw} />
        )}
        <Earnings payout={isPaidOut ? balance : undefined} />
      </main>
      <footer className="colophon">Lumen is invented. Its photographs are drawn, and its money is not real.</footer>
    </div>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="14" fill="none" stroke="currentColor" strokeWidth="3" />
      <circle cx="16" cy="16" r="5.5" fill="var(--sun)" />
    </svg>
  );
}

import { KycReuseGate } from 'kyc-reuse-gate';
import type { Demo } from './Demo';
import { WithoutGate } from './WithoutGate';

interface PayoutsProps {
  readonly demo: Demo;
  /** Set once the user has asked to withdraw. */
  readonly userId: string | undefined;
  readonly gated: boolean;
  readonly visitKey: string;
  readonly onWithdraw: () => void;
  readonly onLeave: () => void;
}

const balance = 1284.5;

const earnings = [
  ['Harbour at dawn · editorial licence', 'Nov 19', 420],
  ['Wedding, two photographers', 'Nov 15', 760],
  ['Stock: city lights (12 downloads)', 'Nov 11', 104.5],
] as const;

/** The merchant's payout page: what a photographer has earned, and the way to the money. */
export function Payouts({ demo, userId, gated, visitKey, onWithdraw, onLeave }: PayoutsProps) {
  return (
    <>
      <h1>Payouts</h1>
      <section className="balance" aria-label="Balance">
        <div>
          <p>Available</p>
          <strong>{money(balance)}</strong>
        </div>
        {userId === undefined ? (
          <button type="button" onClick={onWithdraw}>
            Withdraw
          </button>
        ) : (
          <button type="button" className="quiet" onClick={onLeave}>
            Close
          </button>
        )}
      </section>
      {userId !== undefined && (
        <section className="payout" aria-label="Withdraw" key={visitKey}>
          {gated ? (
            <KycReuseGate
              endpoint="/api/kyc"
              subject={userId}
              withdraw={{ merchantId: demo.merchantId, env: demo.env, email: 'avery@example.com', amount: balance }}
              fallback="coinflow-kyc"
              support="help@lumen.example"
              onCancel={onLeave}
              appearance={{ variables: { accent: 'var(--brand)', onAccent: 'var(--on-brand)', surface: 'var(--card)', minHeight: '31rem' } }}
            />
          ) : (
            <WithoutGate userId={userId} merchantId={demo.merchantId} env={demo.env} amount={balance} />
          )}
        </section>
      )}
      <section className="earnings" aria-label="Recent earnings">
        <h2>Recent earnings</h2>
        <ul>
          {earnings.map(([what, day, amount]) => (
            <li key={what}>
              <span>{what}</span>
              <time>{day}</time>
              <b>{money(amount)}</b>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function money(amount: number): string {
  return amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
}

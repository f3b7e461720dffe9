import { formatMoney } from './formatMoney';

interface BalanceProps {
  readonly amount: number;
  readonly onWithdraw: () => void;
}

/** What can be paid out, and the button that starts it. */
export function Balance({ amount, onWithdraw }: BalanceProps) {
  return (
    <section className="card balance" aria-labelledby="balance">
      <div>
        <h2 id="balance">Ready to pay out</h2>
        <p className="amount">{formatMoney(amount)}</p>
        <p className="muted">From 6 licences since your last payout</p>
      </div>
      <button type="button" className="primary" onClick={onWithdraw}>
        Withdraw
      </button>
      <dl>
        <div>
          <dt>This month</dt>
          <dd>{formatMoney(912)}</dd>
        </div>
        <div>
          <dt>Pending</dt>
          <dd>{formatMoney(148)}</dd>
        </div>
        <div>
          <dt>Identity</dt>
          <dd>
            <span className="verified">Verified</span>
          </dd>
        </div>
      </dl>
    </section>
  );
}

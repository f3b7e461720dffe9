import { formatMoney } from './formatMoney';

interface EarningsProps {
  /** A payout that is on its way. */
  readonly payout: number | undefined;
}

/** Recent earnings, each with a little drawn photograph. */
const sales = [
  { photo: 'dune', title: 'Dunes at first light', to: 'Northbound Magazine', on: '21 Nov', amount: 340 },
  { photo: 'harbour', title: 'Harbour, low tide', to: 'Atlas & Sons', on: '19 Nov', amount: 212 },
  { photo: 'pines', title: 'Pines in fog', to: 'Kestrel Outdoor', on: '16 Nov', amount: 360 },
  { photo: 'window', title: 'Window, Tuesday', to: 'Studio Halden', on: '12 Nov', amount: 372 },
] as const;

/** The list of what was earned. */
export function Earnings({ payout }: EarningsProps) {
  return (
    <section className="card earnings" aria-labelledby="earnings">
      <h2 id="earnings">Recent</h2>
      <ul>
        {payout !== undefined && (
          <li>
            <span className="photo" data-photo="payout" aria-hidden="true" />
            <span className="what">
              Payout to Checking ···· 6789<small>On its way</small>
            </span>
            <span className="sum">−{formatMoney(payout)}</span>
          </li>
        )}
        {sales.map(({ photo, title, to, on, amount }) => (
          <li key={photo}>
            <span className="photo" data-photo={photo} aria-hidden="true" />
            <span className="what">
              {title}
              <small>
                {to}, {on}
              </small>
            </span>
            <span className="sum">+{formatMoney(amount)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

import './StandInForm.css';

/** Stands where Coinflow's form would be, which cannot be reached from a story. */
export function StandInForm() {
  return (
    <form className="stand-in-form" onSubmit={(event) => event.preventDefault()}>
      <p className="stand-in-note">
        Coinflow’s payout form opens here. Stories use a stand-in, since they ask no network.
      </p>
      <label>
        Amount
        <input name="amount" inputMode="decimal" defaultValue="250.00" />
      </label>
      <label>
        To
        <select name="account" defaultValue="4821">
          <option value="4821">Bank account ending in 4821</option>
        </select>
      </label>
      <button type="submit">Withdraw $250.00</button>
    </form>
  );
}

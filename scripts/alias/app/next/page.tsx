import { Payout } from '../Payout';

export default function Page() {
  return (
    <main>
      <h1>Payout</h1>
      <Payout />
    </main>
  );
}

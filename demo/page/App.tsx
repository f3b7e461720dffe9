import { useEffect, useState } from 'react';
import type { Choices, Demo } from './Demo';
import { Panel } from './Panel';
import { Payouts } from './Payouts';
import { Timeline } from './Timeline';

/** A visit to the payout page: one signed-in user, from the click on. */
interface Visit {
  readonly userId: string;
  readonly since: number;
}

const firstChoices: Choices = { scenario: 'firstTime', vendor: 'persona', speed: 'normal', theme: 'system', gated: true };

export function App() {
  const [demo, setDemo] = useState<Demo>();
  const [choices, setChoices] = useState(firstChoices);
  const [visit, setVisit] = useState<Visit>();

  useEffect(() => {
    void fetch('/api/demo')
      .then((response) => response.json() as Promise<Demo>)
      .then(setDemo);
  }, []);
  useEffect(() => {
    document.documentElement.dataset.theme = choices.theme;
  }, [choices.theme]);

  async function withdraw() {
    const since = Date.now();
    const response = await fetch('/api/demo/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(choices),
    });
    const { userId } = (await response.json()) as { userId: string };
    setVisit({ userId, since });
  }

  function choose(next: Choices) {
    // Another theme is only another look; anything else is another visit.
    if (next.theme === choices.theme) setVisit(undefined);
    setChoices(next);
  }

  return (
    <>
      <header className="top">
        <span className="brand">
          <span className="sun" aria-hidden="true" /> Lumen
        </span>
        <nav aria-label="Account">
          <span>Assignments</span>
          <span>Licences</span>
          <b aria-current="page">Payouts</b>
        </nav>
        <span className="who" aria-hidden="true">
          AE
        </span>
      </header>
      <div className="columns">
        <main>
          {demo && (
            <Payouts
              demo={demo}
              userId={visit?.userId}
              gated={choices.gated}
              visitKey={visit ? `${visit.userId} ${visit.since}` : ''}
              onWithdraw={() => void withdraw()}
              onLeave={() => setVisit(undefined)}
            />
          )}
        </main>
        <aside aria-label="Behind the scenes">
          {demo && <Panel demo={demo} choices={choices} onChoose={choose} />}
          <Timeline since={visit?.since} scenario={choices.scenario} />
        </aside>
      </div>
    </>
  );
}

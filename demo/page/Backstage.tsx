import type { Setup } from '../contract/DemoApi';
import { askDemo } from './askDemo';
import type { Choice } from './Choice';
import { Controls } from './Controls';
import type { Run } from './Run';
import { TimelineView } from './TimelineView';
import { useTimeline } from './useTimeline';
import type { Watched } from './Watched';

interface BackstageProps {
  readonly setup: Setup;
  readonly choice: Choice;
  readonly run: Run | undefined;
  readonly watched: Watched | undefined;
  readonly onChange: (change: Partial<Choice>) => void;
  readonly onReplay: () => void;
  readonly onRepeat: () => void;
}

/** The panel beside the page: who comes, under which circumstances, and who asked whom for what. */
export function Backstage({ setup, choice, run, watched, onChange, onReplay, onRepeat }: BackstageProps) {
  const timeline = useTimeline(run);
  // Coinflow's own page tells nobody that it was asked for; the gate's opening is the nearest there is.
  const formAt = setup.isSimulated ? timeline.formAt : (watched?.openedAt ?? null);
  return (
    <aside className="backstage" id="backstage" aria-labelledby="backstage-title">
      <h2 id="backstage-title">Behind the scenes</h2>
      <p className="muted">
        {setup.isSimulated
          ? 'Choose a user and what happens to them, then press Withdraw. Coinflow, Persona and Sumsub are simulated on this machine.'
          : `This runs on Coinflow ${setup.env}, with the user and the keys from .env.`}
      </p>
      <Controls setup={setup} choice={choice} onChange={onChange} />
      <section aria-labelledby="happened" className="happened">
        <div className="happened-head">
          <h3 id="happened">Who asked whom</h3>
          {run && (
            <div className="happened-actions">
              {run.choice.scenario === 'needsInput' && setup.isSimulated && (
                <button type="button" className="small strong" onClick={() => void giveInput()}>
                  Give the missing input
                </button>
              )}
              <button type="button" className="small" onClick={onRepeat}>
                Same user again
              </button>
              <button type="button" className="small" onClick={onReplay}>
                Play again
              </button>
            </div>
          )}
        </div>
        {run ? (
          <TimelineView
            run={run}
            timeline={{ ...timeline, formAt }}
            path={watched?.path ?? []}
            openedAt={watched?.openedAt ?? null}
          />
        ) : (
          <p className="muted empty">
            Nothing yet. Press Withdraw, and every request shows up here, timed from the click. A first payout takes one
            trip: the browser looks for a record, asks Lumen to reuse the verification, and is answered once Coinflow
            has the record.
          </p>
        )}
      </section>
    </aside>
  );
}

async function giveInput(): Promise<void> {
  await askDemo('input', {});
  // The user comes back from the tab they gave it in, and the gate looks again.
  dispatchEvent(new Event('focus'));
}

import { useState } from 'react';
import { Backstage } from './Backstage';
import { Merchant } from './Merchant';
import { useChoice } from './useChoice';
import { useRun } from './useRun';
import { useScheme } from './useScheme';
import { useSetup } from './useSetup';
import type { Watched } from './Watched';

/** The merchant's page, and beside it what happens behind it. */
export function App() {
  const [failure, setFailure] = useState<Error>();
  const setup = useSetup(setFailure);
  const [choice, change] = useChoice();
  const scheme = useScheme(choice.theme);
  const { run, start, repeat, end } = useRun(setFailure);
  const [watched, setWatched] = useState<Watched>();

  if (failure) {
    return (
      <p className="stage-failure" role="alert">
        The demo's backend does not answer. Is <code>npm start</code> still running? Start it again, then reload this
        page.
        <small>{failure.message}</small>
      </p>
    );
  }
  if (!setup) return null;
  return (
    <div className="stage">
      <Merchant
        setup={setup}
        run={run}
        scheme={scheme}
        onWithdraw={() => start(choice)}
        onEnd={end}
        onWatched={setWatched}
      />
      <Backstage
        setup={setup}
        choice={choice}
        run={run}
        watched={run && watched?.of === run.id ? watched : undefined}
        onChange={(part) => {
          change(part);
          // Everything but the theme is about the next run.
          if (Object.keys(part).some((key) => key !== 'theme')) end();
        }}
        onReplay={() => start(choice)}
        onRepeat={repeat}
      />
    </div>
  );
}

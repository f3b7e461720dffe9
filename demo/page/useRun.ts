import { useCallback, useRef, useState } from 'react';
import type { SignedIn, SignIn } from '../contract/DemoApi';
import { askDemo } from './askDemo';
import type { Choice } from './Choice';
import type { Run } from './Run';
import { withdrawWithoutGate } from './withdrawWithoutGate';

interface Runs {
  readonly run: Run | undefined;
  /** Signs a new user in, and clicks "Withdraw" for them. */
  readonly start: (choice: Choice) => void;
  /** Clicks "Withdraw" again, as the same user. */
  readonly repeat: () => void;
  readonly end: () => void;
}

/** The present run. */
export function useRun(onFailure: (error: Error) => void): Runs {
  const [run, setRun] = useState<Run>();
  const runs = useRef(0);

  const click = useCallback(({ userId, email }: SignedIn, choice: Choice) => {
    setRun({
      id: ++runs.current,
      userId,
      email,
      choice,
      clickedAt: Date.now(),
      ...(choice.gate === 'off' && { sessionKey: withdrawWithoutGate(userId) }),
    });
  }, []);

  return {
    run,
    start: (choice) => {
      const { scenario, vendor, network } = choice;
      askDemo<SignedIn>('session', { scenario, vendor, network } satisfies SignIn).then(
        (user) => click(user, choice),
        onFailure,
      );
    },
    repeat: () => run && click(run, run.choice),
    end: () => setRun(undefined),
  };
}

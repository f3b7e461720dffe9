import { Fragment, type ReactNode, useState } from 'react';
import type { FakeBackend } from '../src/testing';

interface ReplayProps {
  /** The backend of the first showing. */
  readonly backend: FakeBackend;
  /** Makes another one, with the same script. */
  readonly renew: () => FakeBackend;
  readonly children: (backend: FakeBackend) => ReactNode;
}

/** A live story that can be seen from its start again. */
export function Replay({ backend: first, renew, children }: ReplayProps) {
  const [backend, setBackend] = useState(first);
  return (
    <>
      <p className="story-note">
        Live, on a fake backend; the toolbar sets how fast it answers.{' '}
        <button type="button" onClick={() => setBackend(renew())}>
          From the start
        </button>
      </p>
      <Fragment key={backend.endpoint}>{children(backend)}</Fragment>
    </>
  );
}

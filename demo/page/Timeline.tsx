import { useEffect, useState } from 'react';
import type { TimelineEvent } from '../backend/TimelineEvent';

interface TimelineProps {
  /** Wall-clock ms of the click on "Withdraw"; nothing has been asked before. */
  readonly since: number | undefined;
  readonly scenario: string;
}

const pollMs = 400;

/** Who asked whom for what, as it happens. */
export function Timeline({ since, scenario }: TimelineProps) {
  const [seen, setSeen] = useState<{ readonly since: number; readonly events: readonly TimelineEvent[] }>();

  useEffect(() => {
    if (since === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    let isHere = true;
    async function look(from: number) {
      const response = await fetch('/api/demo/timeline').catch(() => undefined);
      const events = response?.ok ? ((await response.json()) as TimelineEvent[]) : undefined;
      if (!isHere) return;
      if (events) setSeen({ since: from, events });
      timer = setTimeout(() => void look(from), pollMs);
    }
    void look(since);
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [since]);

  const events = seen && seen.since === since ? seen.events : [];
  return (
    <section className="timeline">
      <h2>Who asks whom</h2>
      {since === undefined ? <p className="hint">Press “Withdraw” and watch.</p> : null}
      <ol>
        {events.map((event, i) => (
          <li key={i} data-mark={event.mark}>
            <time>{((event.at - (since ?? 0)) / 1000).toFixed(2)} s</time>
            <span>
              {event.mark ? (
                <b>{event.what}</b>
              ) : (
                <>
                  <i>
                    {event.from} → {event.to}
                  </i>{' '}
                  {event.what}
                </>
              )}
            </span>
            <code data-bad={event.status >= 400 && !isAbsent(event) ? '' : undefined}>{isAbsent(event) ? 'no record yet' : event.status || 'no answer'}</code>
          </li>
        ))}
      </ol>
      {since !== undefined && scenario === 'needsInput' && (
        <button type="button" className="quiet" onClick={() => void fetch('/api/demo/input', { method: 'POST' })}>
          Give the missing input
        </button>
      )}
    </section>
  );
}

/** Source: Coinflow answers 401 while there is no record; the kit makes that 404. */
function isAbsent({ what, status }: TimelineEvent): boolean {
  return (what === 'asks for the record' && status === 404) || (what === 'asks for the withdrawer' && status === 401);
}

import { Fragment } from 'react';
import type { Timeline } from '../contract/DemoApi';
import { formatElapsed } from './formatElapsed';

interface TrackProps extends Timeline {
  readonly clickedAt: number;
  readonly isEarly: boolean;
}

/** Shortest time shown, in ms. */
const shortestMs = 2_000;

/** The run as a line: a tick for every request, a bar while one from the browser is out, a flag for each of the two moments. The list below says the same in words. */
export function Track({ clickedAt, entries, recordAt, formAt, isEarly }: TrackProps) {
  const last = Math.max(...entries.map(({ at, ms }) => at + (ms ?? 0)), recordAt ?? 0, formAt ?? 0) - clickedAt;
  const length = Math.max(shortestMs, last) * 1.08;
  const place = (at: number) => `${(Math.max(0, at - clickedAt) / length) * 100}%`;
  // A label centred on the line's very beginning would stick out of the panel.
  const edge = (at: number) => (at - clickedAt < length * 0.08 ? 'start' : undefined);
  const tone = isEarly ? 'bad' : 'good';
  return (
    <div className="track" aria-hidden="true">
      <div className="rail">
        {formAt !== null && recordAt !== null && (
          <i className="gap" data-tone={tone} style={between(place(recordAt), place(formAt))} />
        )}
        {entries.map(({ id, at, ms, from, to }) => (
          <Fragment key={id}>
            {from === 'browser' && ms !== null && (
              <i className="span" data-party={to} style={between(place(at), place(at + ms))} />
            )}
            <i className="tick" data-party={to} style={{ left: place(at) }} />
          </Fragment>
        ))}
        {recordAt !== null && (
          <i
            className="flag above"
            data-tone="good"
            data-edge={edge(recordAt)}
            style={{ left: place(recordAt) }}
            data-label="record"
          />
        )}
        {formAt !== null && (
          <i
            className="flag below"
            data-tone={tone}
            data-edge={edge(formAt)}
            style={{ left: place(formAt) }}
            data-label="form"
          />
        )}
      </div>
      <div className="scale">
        <span>click</span>
        <span>{formatElapsed(length)}</span>
      </div>
    </div>
  );
}

function between(a: string, b: string) {
  const [left, right] = [Number.parseFloat(a), Number.parseFloat(b)].sort((x, y) => x - y) as [number, number];
  return { left: `${left}%`, width: `${right - left}%` };
}

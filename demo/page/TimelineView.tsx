import type { GateStatus } from 'kyc-reuse-gate';
import type { Timeline, TimelineEntry } from '../contract/DemoApi';
import { foldTimeline, type Line } from './foldTimeline';
import { formatElapsed } from './formatElapsed';
import { partyNames } from './partyNames';
import type { Run } from './Run';
import { Track } from './Track';
import { userStories } from './userStories';
import { verdictOf } from './verdictOf';

interface TimelineViewProps {
  readonly run: Run;
  readonly timeline: Timeline;
  /** What the gate has shown so far. */
  readonly path: readonly GateStatus[];
  /** When the form was put into the page, wall-clock ms. */
  readonly openedAt: number | null;
}

/** What happened in a run: the verdict, the two moments that matter, and every request in between. */
export function TimelineView({ run: { clickedAt, userId, choice }, timeline, path, openedAt }: TimelineViewProps) {
  const { entries, recordAt, formAt } = timeline;
  const status = path.at(-1);
  const verdict = verdictOf({ clickedAt, recordAt, formAt, status, unfit: userStories[choice.scenario].unfit });
  const isEarly = verdict.tone === 'bad';
  const rows = [
    ...foldTimeline(entries).map((line) => ({
      at: line.entry.at,
      key: line.entry.id,
      row: <Request line={line} clickedAt={clickedAt} />,
    })),
    ...(recordAt === null ? [] : [mark('record', recordAt, clickedAt, 'The record exists', 'good')]),
    ...(openedAt === null || choice.gate === 'off'
      ? []
      : [mark('open', openedAt, clickedAt, 'The gate lets the form load', 'good')]),
    ...(formAt === null || choice.gate === 'on'
      ? []
      : [mark('form', formAt, clickedAt, 'The form loads before anybody has looked', isEarly ? 'bad' : 'good')]),
  ].sort((a, b) => a.at - b.at);
  return (
    <>
      <p className="verdict" data-tone={verdict.tone}>
        {verdict.text}
      </p>
      <Track clickedAt={clickedAt} entries={entries} recordAt={recordAt} formAt={formAt} isEarly={isEarly} />
      <dl className="facts">
        <div>
          <dt>Signed in</dt>
          <dd>{userId}</dd>
        </div>
        {path.length > 0 && (
          <div>
            <dt>Gate</dt>
            <dd>{path.join(' → ')}</dd>
          </div>
        )}
      </dl>
      <ol className="timeline">
        {rows.map(({ key, row }) => (
          <li key={key}>{row}</li>
        ))}
      </ol>
    </>
  );
}

function Request({ line: { entry, times, lastAt }, clickedAt }: { readonly line: Line; readonly clickedAt: number }) {
  const { at, ms, from, to, method, ask, answer, status, tone } = entry;
  return (
    <div className="request">
      <time>{formatElapsed(at - clickedAt)}</time>
      <div>
        <p className="who">
          <b data-party={from}>{partyNames[from]}</b>
          <span aria-hidden="true">→</span>
          <span className="unseen">asks</span>
          <b data-party={to}>{partyNames[to]}</b>
          <code>{method}</code>
        </p>
        <p className="said">
          {ask}
          <span className="answer" data-tone={tone}>
            {status === null ? pendingText(entry) : answer}
            {status !== null && status > 0 && <code>{status}</code>}
          </span>
        </p>
        {times > 1 && (
          <p className="again">
            {times} times, last at {formatElapsed(lastAt - clickedAt)}
          </p>
        )}
        {isTrip(entry) && ms !== null && <p className="again">Answered after {formatElapsed(ms)}</p>}
      </div>
    </div>
  );
}

/** The browser's POST, which Lumen's backend answers once Coinflow has the record, or after a while. */
function isTrip({ from, to, method }: TimelineEntry): boolean {
  return from === 'browser' && to === 'backend' && method === 'POST';
}

function pendingText(entry: TimelineEntry): string {
  return isTrip(entry) ? 'on it …' : 'asking …';
}

function mark(key: string, at: number, clickedAt: number, text: string, tone: 'good' | 'bad') {
  const row = (
    <div className="mark" data-mark={key} data-tone={tone}>
      <time>{formatElapsed(at - clickedAt)}</time>
      <strong>{text}</strong>
    </div>
  );
  return { at, key, row };
}

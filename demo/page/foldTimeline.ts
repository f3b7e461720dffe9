import type { TimelineEntry } from '../contract/DemoApi';

/** A line of the timeline: a request, and how often it was repeated with the same outcome. */
export interface Line {
  readonly entry: TimelineEntry;
  readonly times: number;
  /** When it was last repeated, wall-clock ms. */
  readonly lastAt: number;
}

/** How far back a repetition may lie: one round of polling is at most two requests, the browser's and the backend's, and a session key may come between. */
const reach = 3;

/** Folds rounds of polling into lines that count them. */
export function foldTimeline(entries: readonly TimelineEntry[]): Line[] {
  const lines: Line[] = [];
  for (const entry of entries) {
    const index = lines.findLastIndex(({ entry: known }, i) => i >= lines.length - reach && isSame(known, entry));
    const known = lines[index];
    if (!known) lines.push({ entry, times: 1, lastAt: entry.at });
    // A repetition under way has no outcome yet; it counts once it has.
    else if (entry.status !== null) lines[index] = { ...known, times: known.times + 1, lastAt: entry.at };
  }
  return lines;
}

function isSame(known: TimelineEntry, entry: TimelineEntry): boolean {
  const isSameAsk =
    known.from === entry.from && known.to === entry.to && known.ask === entry.ask && known.status !== null;
  return isSameAsk && (entry.status === null || (known.status === entry.status && known.answer === entry.answer));
}

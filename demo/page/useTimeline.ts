import { useEffect, useState } from 'react';
import type { Timeline } from '../contract/DemoApi';
import { askDemo } from './askDemo';
import type { Run } from './Run';

const pollMs = 300;

const empty: Timeline = { entries: [], recordAt: null, formAt: null };

/** What has happened so far in a run, asked for several times a second while it is shown. */
export function useTimeline(run: Run | undefined): Timeline {
  const [seen, setSeen] = useState<{ readonly of: Run; readonly timeline: Timeline }>();
  useEffect(() => {
    if (!run) return undefined;
    let isHere = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const query = new URLSearchParams({ user: run.userId, since: String(run.clickedAt) });
      // Signed in as somebody else in another tab, or the demo is restarting: what was seen stays.
      const timeline = await askDemo<Timeline>(`timeline?${query.toString()}`).catch(() => undefined);
      if (!isHere) return;
      if (timeline) setSeen({ of: run, timeline });
      timer = setTimeout(() => void look(), pollMs);
    };
    void look();
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, [run]);
  return seen && seen.of === run ? seen.timeline : empty;
}

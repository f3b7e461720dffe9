import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { warnOnce } from '../../client/options';
import { explain } from '../../contract/explain';
import type { GateFailure } from '../../contract/failures';

/**
 * The state of Coinflow's frame, as far as the host page can tell. `shown`: it has content, or should have;
 * `silent`: no message came in time.
 */
export type FramePhase = 'loading' | 'shown' | 'silent';

/**
 * How long to wait for the frame's `loaded` message after its `load` event before showing it anyway, in ms. It is
 * unconfirmed whether Coinflow sends one.
 */
const afterLoadMs = 1_500;

/** Longest wait for any sign of the frame, in ms. */
const silentAfterMs = 12_000;

/**
 * Watches the frame inside `box`: sets its title, and tells when it can be shown.
 *
 * @param onBlocked called if the page's Content-Security-Policy blocks the frame. Nothing else reveals that: blocked
 *   and refused frames fire `load` too.
 */
export function useFrameWatch(
  box: RefObject<HTMLElement | null>,
  origin: string,
  title: string,
  onBlocked: (failure: GateFailure) => void,
): FramePhase {
  const [phase, setPhase] = useState<FramePhase>('loading');
  const isHeard = useRef(false);

  useLayoutEffect(() => {
    const frame = box.current?.querySelector('iframe');
    if (frame) frame.title = title;
  }, [box, title]);

  // A layout effect, in the same commit as the frame: a policy's report can come before passive effects run.
  useLayoutEffect(() => {
    const frame = box.current?.querySelector('iframe');
    if (!frame) return undefined;
    let shown: ReturnType<typeof setTimeout> | undefined;
    const deadline = setTimeout(() => setPhase(isHeard.current ? 'shown' : 'silent'), silentAfterMs);
    // A refused frame fires `load` too: it is shown, but still counts as silent.
    const onLoad = () => {
      clearTimeout(shown);
      shown = setTimeout(() => setPhase((phase) => (phase === 'loading' ? 'shown' : phase)), afterLoadMs);
    };
    const onMessage = ({ origin: sender, source, data }: MessageEvent) => {
      if (sender !== origin || source !== frame.contentWindow) return;
      isHeard.current = true;
      setPhase((phase) => (phase === 'loading' && !isLoaded(data) ? phase : 'shown'));
    };
    const onViolation = ({ blockedURI, disposition, effectiveDirective }: SecurityPolicyViolationEvent) => {
      // A report-only policy blocks nothing.
      if (disposition !== 'enforce' || effectiveDirective !== 'frame-src' || !blockedURI.startsWith(origin)) return;
      warnOnce('frameBlocked', origin);
      onBlocked({ code: 'withdrawBlocked', message: explain('frameBlocked', origin) });
    };
    frame.addEventListener('load', onLoad);
    addEventListener('message', onMessage);
    document.addEventListener('securitypolicyviolation', onViolation);
    return () => {
      clearTimeout(shown);
      clearTimeout(deadline);
      frame.removeEventListener('load', onLoad);
      removeEventListener('message', onMessage);
      document.removeEventListener('securitypolicyviolation', onViolation);
    };
  }, [box, origin, onBlocked]);

  return phase;
}

/** Source: Coinflow's messages are JSON strings `{ method, data, info? }`. */
function isLoaded(data: unknown): boolean {
  if (typeof data !== 'string') return false;
  try {
    return (JSON.parse(data) as { method?: unknown } | null)?.method === 'loaded';
  } catch {
    return false;
  }
}

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { warnOnce } from '../client/warnOnce';
import { explain } from '../contract/explain';
import type { GateFailure } from '../contract/failures';

/** Coinflow's frame, as far as the host page can tell. `shown`: there is something to see, or should be; `silent`: nothing was heard of it in time. */
export type FramePhase = 'loading' | 'shown' | 'silent';

/** After the frame's `load`, how long to wait for its `loaded` message before showing it anyway. Whether Coinflow sends one is unconfirmed. */
const afterLoadMs = 1_500;

/** Longest wait for any sign of the frame. */
const silentAfterMs = 12_000;

/**
 * Watches the frame inside `box`: gives it its title, and tells when it can be shown.
 *
 * @param onBlocked the page's Content-Security-Policy kept the frame out. Nothing else tells: blocked and refused frames fire `load` as well.
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

  // In the same commit as the frame: a policy's report can come before passive effects run.
  useLayoutEffect(() => {
    const frame = box.current?.querySelector('iframe');
    if (!frame) return undefined;
    let shown: ReturnType<typeof setTimeout> | undefined;
    const deadline = setTimeout(() => setPhase(isHeard.current ? 'shown' : 'silent'), silentAfterMs);
    // A frame that was refused fires `load` as well: it is shown, and still counts as silent.
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
      // A policy that only reports blocks nothing.
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

/** Source: messages are JSON texts `{ method, data, info? }`. */
function isLoaded(data: unknown): boolean {
  if (typeof data !== 'string') return false;
  try {
    return (JSON.parse(data) as { method?: unknown } | null)?.method === 'loaded';
  } catch {
    return false;
  }
}

import { useEffect, useState } from 'react';
import type { GateState } from '../../gate/GateState';
import type { LookOf } from '../look/appearance';
import type { GateMessages } from '../messages';

interface GateTimeProps {
  readonly state: GateState;
  readonly lang: string;
  readonly times: GateMessages['times'];
  readonly look: LookOf;
}

/**
 * The time below a text: until the gate tries again, or how long the user has waited. Ticks silently: screen readers
 * hear of states, not of seconds.
 */
export function GateTime({ state, lang, times, look }: GateTimeProps) {
  const [now, setNow] = useState(Date.now);
  const retryAt = state.status === 'failed' ? state.failure.retryAt : undefined;
  const since = state.status === 'delayed' && !state.exhausted ? state.since : undefined;
  const isTicking = since !== undefined || (retryAt !== undefined && retryAt > now);
  useEffect(() => {
    if (!isTicking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isTicking]);
  if (!isTicking) return null;
  return (
    <p {...look('time')} role="timer">
      {retryAt === undefined
        ? times.waited.replace('{time}', lasting(now - (since ?? now), lang))
        : times.next.replace('{time}', ahead(retryAt - now, lang))}
    </p>
  );
}

function ahead(ms: number, lang: string): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  const format = new Intl.RelativeTimeFormat(localeOf(lang));
  return seconds < 100 ? format.format(seconds, 'second') : format.format(Math.ceil(seconds / 60), 'minute');
}

function lasting(ms: number, lang: string): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const [value, unit] = seconds < 100 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute'];
  return new Intl.NumberFormat(localeOf(lang), { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** `Intl` throws on invalid language tags such as `de_DE`. Then the browser's own language is used. */
function localeOf(lang: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(lang)[0];
  } catch {
    return undefined;
  }
}

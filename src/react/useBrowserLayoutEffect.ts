import { type DependencyList, type EffectCallback, useEffect, useLayoutEffect } from 'react';

/** Runs in the commit itself, since users wait for every millisecond before a request leaves. React 18 warns of layout effects on a server. */
export function useBrowserLayoutEffect(effect: EffectCallback, dependencies: DependencyList): void {
  const useOne = typeof window === 'undefined' ? useEffect : useLayoutEffect;
  useOne(effect, dependencies);
}

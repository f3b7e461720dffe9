import { useSyncExternalStore } from 'react';
import type { Theme } from './Choice';

const darkQuery = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark: as chosen, or as the visitor's system is. */
export function useScheme(theme: Theme): 'light' | 'dark' {
  const isSystemDark = useSyncExternalStore(subscribe, () => darkQuery.matches);
  return theme === 'system' ? (isSystemDark ? 'dark' : 'light') : theme;
}

function subscribe(listener: () => void): () => void {
  darkQuery.addEventListener('change', listener);
  return () => darkQuery.removeEventListener('change', listener);
}

import { useEffect, useLayoutEffect } from 'react';

/**
 * Runs within the commit: the user waits for every millisecond before a request leaves. On a server it is `useEffect`,
 * because React 18 warns about layout effects there.
 */
export const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

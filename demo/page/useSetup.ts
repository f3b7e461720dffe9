import { useEffect, useState } from 'react';
import type { Setup } from '../contract/DemoApi';
import { askDemo } from './askDemo';

/** What the demo runs on; `undefined` until the backend has said so. */
export function useSetup(onFailure: (error: Error) => void): Setup | undefined {
  const [setup, setSetup] = useState<Setup>();
  useEffect(() => {
    askDemo<Setup>('setup').then(setSetup, onFailure);
  }, [onFailure]);
  return setup;
}

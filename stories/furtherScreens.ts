import type { FailureCode, GateStatus } from '../src/index';
import type { ScreenKey } from '../src/react/messages';
import { sampleStates } from '../src/testing';
import type { HeldGateProps } from './HeldGate';

/** Screens that a state has beside its usual one. */
export type FurtherScreen = Exclude<ScreenKey, GateStatus | FailureCode>;

/** What leads to each of them. */
export const furtherScreens: Record<FurtherScreen, HeldGateProps> = {
  needsSupport: { state: { ...sampleStates.needsInput, links: [] } },
  exhausted: { state: { ...sampleStates.delayed, exhausted: true } },
  // The record is there, the session key is not yet.
  opening: { state: sampleStates.ready, sessionKey: true },
  wallet: {
    state: sampleStates.ready,
    withdraw: {
      merchantId: 'acme',
      env: 'local',
      blockchain: 'solana',
      connection: {} as never,
      wallet: { publicKey: null, sendTransaction: () => Promise.reject(new Error('No wallet is connected.')) },
    },
  },
};

import { sampleStates } from '../../src/testing';
import { failedStates } from '../failedStates';
import { furtherScreens } from '../furtherScreens';
import type { HeldGateProps } from '../HeldGate';

type Screens = Readonly<Record<string, HeldGateProps>>;

const all: Screens = {
  ...Object.fromEntries(Object.entries(sampleStates).map(([status, state]) => [status, { state }])),
  ...furtherScreens,
};

/** What the studio can show at once. */
export const previewSets: Readonly<Record<string, Screens>> = {
  'The main screens': {
    consent: { state: sampleStates.consent },
    processing: { state: sampleStates.processing },
    needsInput: { state: sampleStates.needsInput, onCancel: () => {} },
    tokenRefused: { state: failedStates.tokenRefused },
    delayed: { state: sampleStates.delayed },
    opening: furtherScreens.opening,
  },
  'All states': all,
  'All failures': Object.fromEntries(
    Object.entries(failedStates).map(([code, state]) => [code, { state, onCancel: () => {} }]),
  ),
};

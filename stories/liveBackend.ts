import type { Parameters } from '@storybook/react-vite';
import { createFakeBackend, type FakeBackend, type FakeScript } from '../src/testing';
import { answerMsOf } from './toolbar/toolbar';

/** What a live story's backend answers. */
export function scripted(script: FakeScript): Parameters {
  return { script };
}

/** Makes a fresh backend for each showing of a live story; the toolbar says how fast it is. */
export function loadBackend({ parameters, globals }: { parameters: Parameters; globals: Record<string, unknown> }): {
  backend: FakeBackend;
} {
  return {
    backend: createFakeBackend({ ...(parameters.script as FakeScript | undefined), delayMs: answerMsOf(globals) }),
  };
}

/** The backend of the running story, for `render` and `play`. */
export function backendOf({ loaded }: { loaded: Record<string, unknown> }): FakeBackend {
  return loaded.backend as FakeBackend;
}

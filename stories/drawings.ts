import { createElement, type ReactNode } from 'react';
import type { Appearance, GateMessages, Part } from '../src/index';
import { sampleStates } from '../src/testing';
import { failedStates } from './failedStates';
import { furtherScreens } from './furtherScreens';
import { HeldGate, type HeldGateProps } from './HeldGate';
import { OpenForm } from './OpenForm';

export interface Look {
  readonly appearance: Appearance;
  readonly messages: GateMessages;
}

export type Drawing = 'waiting' | 'longWait' | 'question' | 'problem' | 'opening' | 'open';

/** Screens that have, together, every part. */
export const drawings: Readonly<Record<Drawing, { readonly title: string; readonly draw: (look: Look) => ReactNode }>> =
  {
    waiting: { title: 'Waiting', draw: held({ state: sampleStates.processing }) },
    longWait: { title: 'A long wait', draw: held({ state: sampleStates.delayed }) },
    question: { title: 'A question', draw: held({ state: sampleStates.needsInput, onCancel: () => {} }) },
    problem: { title: 'A problem', draw: held({ state: failedStates.tokenRefused }) },
    opening: { title: 'The form opens', draw: held(furtherScreens.opening) },
    open: { title: 'The open form', draw: (look) => createElement(OpenForm, look) },
  };

/** Where to see each part: one that is missing does not compile. */
export const drawnOn: Readonly<Record<Part, Drawing>> = {
  root: 'waiting',
  screen: 'waiting',
  card: 'waiting',
  icon: 'waiting',
  alert: 'problem',
  title: 'waiting',
  description: 'waiting',
  progress: 'waiting',
  steps: 'waiting',
  step: 'waiting',
  time: 'longWait',
  skeleton: 'opening',
  actions: 'question',
  button: 'question',
  secondaryButton: 'problem',
  link: 'problem',
  form: 'open',
  notice: 'open',
  live: 'waiting',
};

function held(props: HeldGateProps): (look: Look) => ReactNode {
  return function draw(look) {
    return createElement(HeldGate, { support: 'help@your-shop.example', ...look, ...props });
  };
}

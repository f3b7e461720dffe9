import type { ReactNode } from 'react';
import type { Appearance, GateMessages, Part } from '../src/index';
import { variablesOf } from '../src/react/variablesOf';
import { sampleStates } from '../src/testing';
import { failedStates } from './failedStates';
import { furtherScreens } from './furtherScreens';
import { HeldGate, type HeldGateProps } from './HeldGate';
import { StandInForm } from './StandInForm';

interface Look {
  readonly appearance: Appearance;
  readonly messages: GateMessages;
}

export type Drawing = 'waiting' | 'longWait' | 'question' | 'problem' | 'opening' | 'open';

/** Screens that have, together, every part. */
export const drawings: Readonly<Record<Drawing, { readonly title: string; readonly draw: (look: Look) => ReactNode }>> = {
  waiting: { title: 'Waiting', draw: held({ state: sampleStates.processing }) },
  longWait: { title: 'A long wait', draw: held({ state: sampleStates.delayed }) },
  question: { title: 'A question', draw: held({ state: sampleStates.needsInput, onCancel: () => {} }) },
  problem: { title: 'A problem', draw: held({ state: failedStates.tokenRefused }) },
  opening: { title: 'The form opens', draw: held(furtherScreens.opening) },
  open: { title: 'The open form', draw: (look) => <OpenForm {...look} /> },
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
    return <HeldGate support="help@your-shop.example" {...look} {...props} />;
  };
}

/** The gate's own markup around a stand-in: the real form would ask Coinflow for a page. */
function OpenForm({ appearance, messages }: Look) {
  const part = (name: Part) => ({ 'data-kyc-part': name });
  return (
    <div {...part('root')} data-kyc-gate="ready" data-kyc-theme={appearance.baseTheme} lang={messages.lang} dir={messages.dir} style={variablesOf(appearance)}>
      <div {...part('live')} />
      <div {...part('form')}>
        <StandInForm />
      </div>
      <p {...part('notice')}>
        {messages.notLoading}{' '}
        <button {...part('link')} type="button">
          {messages.actions.reload}
        </button>
      </p>
    </div>
  );
}

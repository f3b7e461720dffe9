import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, userEvent } from 'storybook/test';
import { useKycReuseGate, type GateOptions } from '../src/index';
import type { FakeBackend } from '../src/testing';
import './CustomScreens.css';
import { backendOf, loadBackend, scripted } from './liveBackend';
import { StandInForm } from './StandInForm';

interface CustomScreensProps extends Pick<GateOptions, 'requireConsent'> {
  readonly backend: FakeBackend;
}

/** A merchant's own screens, in a merchant's own design: only the state comes from the gate. */
function CustomScreens({ backend, requireConsent = false }: CustomScreensProps) {
  const { endpoint, request } = backend;
  const { state, consent, retry, recheck } = useKycReuseGate({
    endpoint,
    request,
    subject: 'user-1',
    requireConsent,
  });
  switch (state.status) {
    case 'ready':
    case 'fallback':
      return <StandInForm />;
    case 'consent':
      return (
        <Panel text="May we tell Coinflow that you are verified?">
          <button onClick={consent}>Yes, go ahead</button>
        </Panel>
      );
    case 'checking':
    case 'registering':
    case 'processing':
      return <Panel text="Warming up your payout …" />;
    case 'delayed':
      return (
        <Panel text="This one is slow. We keep at it.">
          <button onClick={recheck}>Look again</button>
        </Panel>
      );
    case 'needsInput':
    case 'declined':
    case 'expired':
    case 'blocked':
      return <Panel text="Please talk to us before you withdraw." />;
    case 'failed':
      return (
        <Panel text={`That did not work (${state.failure.code}).`}>
          {state.canRetry && <button onClick={retry}>Once more</button>}
        </Panel>
      );
    default:
      return state satisfies never;
  }
}

function Panel({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <section className="custom-screens">
      <p role="status">{text}</p>
      {children}
    </section>
  );
}

/**
 * `useKycReuseGate` is the gate without screens: it reads, registers once, watches, and tells what to show. Mount a payout UI in `ready` (and in `fallback`, which
 * the user chose), and nowhere else.
 */
const meta = {
  title: 'Headless',
  tags: ['!autodocs'],
  loaders: [loadBackend],
  render: (args, context) => <CustomScreens backend={backendOf(context)} {...args} />,
} satisfies Meta<Pick<GateOptions, 'requireConsent'>>;

export default meta;
type Story = StoryObj<Pick<GateOptions, 'requireConsent'>>;

/** Screens of the merchant's own lead to the payout form; the hook says which one is due. */
export const CustomScreensOnTheHook: Story = {
  args: { requireConsent: true },
  play: async ({ canvas, loaded }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Yes, go ahead' }));
    await expect(await canvas.findByRole('status')).toHaveTextContent('Warming up your payout …');
    await canvas.findByRole('button', { name: 'Withdraw $250.00' });
    await expect(backendOf({ loaded }).requests.filter((request) => request === 'POST')).toHaveLength(1);
  },
};

/** A failure, told in the merchant's own words, and tried again. */
export const CustomFailureScreen: Story = {
  parameters: scripted({ reads: [{ httpStatus: 403 }, {}] }),
  play: async ({ canvas }) => {
    const retry = await canvas.findByRole('button', { name: 'Once more' });
    await expect(canvas.getByRole('status')).toHaveTextContent('That did not work (forbidden).');
    await userEvent.click(retry);
    await canvas.findByRole('button', { name: 'Withdraw $250.00' });
  },
};

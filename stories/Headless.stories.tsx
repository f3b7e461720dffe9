import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, userEvent } from 'storybook/test';
import { useKycReuseGate, type GateOptions } from '../src/index';
import type { FakeBackend } from '../src/testing';
import './OwnScreens.css';
import { backendOf, loadBackend, scripted } from './liveBackend';
import { StandInForm } from './StandInForm';

interface OwnScreensProps extends Pick<GateOptions, 'start'> {
  readonly backend: FakeBackend;
}

/** A merchant's own screens, in a merchant's own design: only the state comes from the gate. */
function OwnScreens({ backend, start }: OwnScreensProps) {
  const { endpoint, request } = backend;
  const { state, consent, retry, recheck } = useKycReuseGate({
    endpoint,
    request,
    subject: 'user-1',
    ...(start && { start }),
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
    <section className="own-screens">
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
  render: ({ start }, context) => <OwnScreens backend={backendOf(context)} {...(start && { start })} />,
} satisfies Meta<Pick<GateOptions, 'start'>>;

export default meta;
type Story = StoryObj<Pick<GateOptions, 'start'>>;

/** The hook drives screens of the merchant's own to the payout form. */
export const OwnScreensOnTheHook: Story = {
  args: { start: 'consent' },
  play: async ({ canvas, loaded }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Yes, go ahead' }));
    await expect(await canvas.findByRole('status')).toHaveTextContent('Warming up your payout …');
    await canvas.findByRole('button', { name: 'Withdraw $250.00' });
    await expect(backendOf({ loaded }).requests.filter((request) => request === 'POST')).toHaveLength(1);
  },
};

/** A failure, told in the merchant's own words, and tried again. */
export const OwnFailureScreen: Story = {
  parameters: scripted({ reads: [{ httpStatus: 403 }, {}] }),
  play: async ({ canvas }) => {
    const retry = await canvas.findByRole('button', { name: 'Once more' });
    await expect(canvas.getByRole('status')).toHaveTextContent('That did not work (forbidden).');
    await userEvent.click(retry);
    await canvas.findByRole('button', { name: 'Withdraw $250.00' });
  },
};

import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, type Mock, userEvent, waitFor } from 'storybook/test';
import { KycReuseGate, type GateOptions, type GateState } from '../src/index';
import { sampleStates } from '../src/testing';
import { backendOf, loadBackend, scripted } from './liveBackend';
import { Replay } from './Replay';
import { StandInForm } from './StandInForm';
import { messagesOf } from './toolbar/toolbar';

interface JourneyArgs extends Pick<GateOptions, 'openWhen' | 'polling' | 'requireConsent' | 'whenReuseFails'> {
  readonly onStateChange: Mock<(state: GateState) => void>;
}

/** The real gate, live, on a fake backend that answers from a script. You press its buttons; the tests that press them for you are not in the side bar. */
const meta = {
  title: 'Journeys',
  component: KycReuseGate as never,
  // Each is to be watched from its start; all at once, on one page, they are not.
  tags: ['!autodocs'],
  loaders: [loadBackend],
  render: (args, context) => (
    // Another pace is another showing.
    <Replay
      key={String(context.globals.answers)}
      backend={backendOf(context)}
      renew={() => loadBackend(context).backend}
    >
      {({ endpoint, request }) => (
        <KycReuseGate
          {...args}
          endpoint={endpoint}
          // As by itself where the backend is of the page's own origin.
          request={{ ...request, preferWait: true }}
          subject="user-1"
          support="help@your-shop.example"
        >
          <StandInForm />
        </KycReuseGate>
      )}
    </Replay>
  ),
  args: { onStateChange: fn() },
} satisfies Meta<JourneyArgs>;

export default meta;
type Story = StoryObj<JourneyArgs>;

const form = { name: 'Withdraw $250.00' };
const statuses = ({ onStateChange }: JourneyArgs) => onStateChange.mock.calls.map(([{ status }]) => status);

/** No record yet: the verification is registered once. The kit holds its answer until Coinflow has a record, so the form opens in one trip. */
export const FirstTime: Story = {
  parameters: scripted({ holdsPosts: true }),
  play: async ({ args, canvas, loaded }) => {
    await expect(canvas.queryByRole('button', form)).toBeNull();
    await canvas.findByRole('button', form);
    await expect(statuses(args)).toEqual(['checking', 'registering', 'ready']);
    await expect(backendOf({ loaded }).requests).toEqual(['GET', 'POST']);
  },
};

/** The same on a backend that passes Coinflow's answers on as they come: the gate reads until the record is there. */
export const FirstTimeOnAPlainBackend: Story = {
  play: async ({ args, canvas, loaded }) => {
    await expect(canvas.queryByRole('button', form)).toBeNull();
    await canvas.findByRole('button', form);
    await expect(statuses(args)).toEqual(['checking', 'registering', 'processing', 'ready']);
    await expect(backendOf({ loaded }).requests).toEqual(['GET', 'POST', 'GET']);
  },
};

/** A record is there: one read opens the form, and no share token is spent. */
export const Returning: Story = {
  parameters: scripted({ reads: [{}] }),
  play: async ({ args, canvas, loaded }) => {
    await canvas.findByRole('button', form);
    await expect(statuses(args)).toEqual(['checking', 'ready']);
    await expect(backendOf({ loaded }).requests).toEqual(['GET']);
  },
};

/** Coinflow refuses the verification, and the user chooses to verify with Coinflow instead. */
export const RefusedThenFallback: Story = {
  args: { whenReuseFails: 'coinflow-kyc' },
  parameters: scripted({ registrations: [{ httpStatus: 400 }] }),
};
export const RefusedThenFallbackPlayed: Story = {
  ...RefusedThenFallback,
  tags: ['!dev'],
  play: async ({ args, canvas, globals }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent(messagesOf(globals).screens.tokenRefused.title);
    await expect(canvas.queryByRole('button', form)).toBeNull();
    await userEvent.click(canvas.getByRole('button', { name: messagesOf(globals).actions.chooseFallback }));
    await canvas.findByRole('button', form);
    await expect(statuses(args).slice(-2)).toEqual(['failed', 'fallback']);
  },
};

/** With `requireConsent` nothing is shared before the user agrees. */
export const Consent: Story = {
  args: { requireConsent: true },
};
export const ConsentPlayed: Story = {
  ...Consent,
  tags: ['!dev'],
  play: async ({ canvas, globals, loaded }) => {
    const agree = await canvas.findByRole('button', { name: messagesOf(globals).actions.consent });
    await expect(backendOf({ loaded }).requests).not.toContain('POST');
    await userEvent.click(agree);
    await canvas.findByRole('button', form);
    await expect(backendOf({ loaded }).requests.filter((request) => request === 'POST')).toHaveLength(1);
  },
};

/** With `openWhen="verified"` the user is sent to Coinflow's link for what is missing; the gate reads again when they come back. */
export const NeedsInput: Story = {
  args: { openWhen: 'verified' },
  parameters: scripted({ reads: [{ status: 'pending', moreNeeded: true, links: sampleStates.needsInput.links }, {}] }),
};
export const NeedsInputPlayed: Story = {
  ...NeedsInput,
  tags: ['!dev'],
  play: async ({ args, canvas, globals }) => {
    const link = await canvas.findByRole('link', { name: messagesOf(globals).actions.continue });
    await expect(link).toHaveAttribute('href', sampleStates.needsInput.links[0]?.link);
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    window.dispatchEvent(new Event('focus'));
    await canvas.findByRole('button', form);
    await expect(statuses(args)).toEqual(['checking', 'needsInput', 'ready']);
  },
};

/** Two reads fail: the user sees no more than a somewhat longer wait. */
export const TransientFailure: Story = {
  parameters: scripted({ reads: [{ httpStatus: 503 }, 'drop', {}] }),
  play: async ({ args, canvas, loaded }) => {
    await canvas.findByRole('button', form);
    await expect(statuses(args)).toEqual(['checking', 'ready']);
    await expect(backendOf({ loaded }).requests).toEqual(['GET', 'GET', 'GET']);
  },
};

/** The backend stays down, says so after the third failed read, and is back when the user tries again. */
export const OutageAndRecovery: Story = {
  parameters: scripted({ reads: [{ httpStatus: 503 }, { httpStatus: 503 }, { httpStatus: 503 }, {}] }),
};
export const OutageAndRecoveryPlayed: Story = {
  ...OutageAndRecovery,
  tags: ['!dev'],
  play: async ({ args, canvas, globals }) => {
    const retry = await canvas.findByRole('button', { name: messagesOf(globals).actions.retry });
    await expect(canvas.getByRole('alert')).toHaveTextContent(messagesOf(globals).screens.server.title);
    await userEvent.click(retry);
    await canvas.findByRole('button', form);
    await waitFor(() => expect(statuses(args)).toEqual(['checking', 'failed', 'checking', 'ready']));
  },
};

/** Played once more from its start, on a backend of its own; the first one hears nothing of it. */
export const FromTheStart: Story = {
  ...FirstTime,
  tags: ['!dev'],
  play: async ({ args, canvas, loaded }) => {
    await canvas.findByRole('button', form);
    await userEvent.click(canvas.getByRole('button', { name: 'From the start' }));
    await expect(canvas.queryByRole('button', form)).toBeNull();
    await canvas.findByRole('button', form);
    const once = ['checking', 'registering', 'ready'];
    await expect(statuses(args)).toEqual([...once, ...once]);
    await expect(backendOf({ loaded }).requests).toEqual(['GET', 'POST']);
  },
};

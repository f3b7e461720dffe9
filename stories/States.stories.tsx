import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { type GateStatus, KycReuseGate } from '../src/index';
import type { ScreenKey } from '../src/react/messages';
import { sampleStates } from '../src/testing';
import { type FurtherScreen, furtherScreens } from './furtherScreens';
import { HeldGate, type HeldGateProps } from './HeldGate';
import { noControl, ofEngine, setByStory } from './noControl';
import type * as Self from './States.stories';
import { messagesOf } from './toolbar/toolbar';

/** Each state of the gate, held. Edit `state` in the controls to see any other. Its buttons do nothing here; the journeys are live. */
const meta = {
  title: 'States',
  component: KycReuseGate as never,
  render: (args) => <HeldGate {...args} />,
  argTypes: noControl([...setByStory, ...ofEngine]),
  args: { support: 'help@your-shop.example', state: sampleStates.checking },
  play: async ({ args, canvas, canvasElement, globals, parameters }) => {
    const { screens } = messagesOf(globals);
    await waitFor(() =>
      expect(canvasElement.querySelector('[data-kyc-gate]')).toHaveAttribute('data-kyc-gate', args.state.status),
    );
    const { title } = (screens as Partial<typeof screens>)[parameters.screen as ScreenKey] ?? {};
    // The wallet's comes with Coinflow's component.
    if (title) await waitFor(() => expect(canvas.getByRole('heading')).toHaveTextContent(title));
    // Only an open gate has the form in the page.
    await expect(canvas.queryAllByRole('button', { name: 'Withdraw $250.00' })).toHaveLength(title ? 0 : 1);
  },
} satisfies Meta<HeldGateProps>;

export default meta;
type Story = StoryObj<HeldGateProps>;

const held = (status: GateStatus): Story => ({ args: { state: sampleStates[status] }, parameters: { screen: status } });
const further = (screen: FurtherScreen): Story => ({ args: furtherScreens[screen], parameters: { screen } });

export const Consent: Story = held('consent');
export const Checking: Story = held('checking');
export const Registering: Story = held('registering');
export const Processing: Story = held('processing');
export const NeedsInput: Story = held('needsInput');
export const NeedsSupport: Story = further('needsSupport');
export const Declined: Story = held('declined');
export const Expired: Story = held('expired');
export const Blocked: Story = held('blocked');
export const Delayed: Story = held('delayed');
export const Exhausted: Story = further('exhausted');
export const Fallback: Story = held('fallback');
export const Failed: Story = {
  args: { state: sampleStates.failed },
  parameters: { screen: sampleStates.failed.failure.code },
};
export const Wallet: Story = further('wallet');
export const Opening: Story = further('opening');
export const Ready: Story = held('ready');

/** A state or screen without a story does not compile. */
type Missing = Exclude<Capitalize<GateStatus | FurtherScreen>, keyof typeof Self>;
void (true satisfies [Missing] extends [never] ? true : Missing);

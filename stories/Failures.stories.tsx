import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import { type FailureCode, KycReuseGate } from '../src/index';
import { failedStates } from './failedStates';
import type * as Self from './Failures.stories';
import { HeldGate, type HeldGateProps } from './HeldGate';
import { noControl, ofEngine, setByStory } from './noControl';
import { messagesOf } from './toolbar/toolbar';

/** The `failed` state by its code, with everything a merchant can switch on: support, Coinflow's own verification, and a way out. Its buttons do nothing here; the journeys are live. */
const meta = {
  title: 'Failures',
  component: KycReuseGate as never,
  render: (args) => <HeldGate {...args} />,
  argTypes: noControl([...setByStory, ...ofEngine]),
  args: { support: 'help@your-shop.example', onCancel: () => {}, state: failedStates.server },
  play: async ({ args, canvasElement, globals }) => {
    const { screens, actions } = messagesOf(globals);
    const canvas = within(canvasElement);
    const { state } = args;
    if (state.status !== 'failed') throw new Error(`The story shows ${state.status}, not a failure.`);
    const { title, text } = screens[state.failure.code];
    await expect(await canvas.findByRole('alert')).toHaveTextContent(`${title}${text}`);
    await expect(canvasElement).not.toHaveTextContent(state.failure.message);
    const hasReload = canvas.queryByRole('button', { name: actions.reload }) !== null;
    await expect(canvas.queryByRole('button', { name: actions.retry }) !== null || hasReload).toBe(
      state.canRetry || hasReload,
    );
    await expect(canvas.queryAllByRole('button', { name: actions.chooseFallback })).toHaveLength(
      state.canFallback ? 1 : 0,
    );
  },
} satisfies Meta<HeldGateProps>;

export default meta;
type Story = StoryObj<HeldGateProps>;

export const TokenRefused: Story = { args: { state: failedStates.tokenRefused } };
export const TokenSpent: Story = { args: { state: failedStates.tokenSpent } };
export const TokenUnavailable: Story = { args: { state: failedStates.tokenUnavailable } };
export const NoShareableVerification: Story = { args: { state: failedStates.noShareableVerification } };
export const Unauthenticated: Story = { args: { state: failedStates.unauthenticated } };
export const Forbidden: Story = { args: { state: failedStates.forbidden } };
export const SubjectMismatch: Story = { args: { state: failedStates.subjectMismatch } };
export const RateLimited: Story = { args: { state: failedStates.rateLimited } };
export const Offline: Story = { args: { state: failedStates.offline } };
export const Unreachable: Story = { args: { state: failedStates.unreachable } };
export const Server: Story = { args: { state: failedStates.server } };
export const Malformed: Story = { args: { state: failedStates.malformed } };
export const Misconfigured: Story = { args: { state: failedStates.misconfigured } };
export const WithdrawUnavailable: Story = { args: { state: failedStates.withdrawUnavailable } };
export const WithdrawBlocked: Story = { args: { state: failedStates.withdrawBlocked } };
export const RenderFailed: Story = { args: { state: failedStates.renderFailed } };

/** A failure code without a story does not compile. */
type Missing = Exclude<Capitalize<FailureCode>, keyof typeof Self>;
void (true satisfies [Missing] extends [never] ? true : Missing);

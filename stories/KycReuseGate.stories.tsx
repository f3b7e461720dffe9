import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn } from 'storybook/test';
import { KycReuseGate, type KycReuseGateProps } from '../src/index';
import { backendOf, loadBackend } from './liveBackend';
import { noControl, setByStory } from './noControl';
import { StandInForm } from './StandInForm';

type PlaygroundArgs = Pick<
  KycReuseGateProps,
  | 'appearance'
  | 'messages'
  | 'onCancel'
  | 'onError'
  | 'onReady'
  | 'onStateChange'
  | 'onOpen'
  | 'openWhen'
  | 'requireConsent'
  | 'support'
  | 'whenReuseFails'
>;

const meta = {
  title: 'KycReuseGate',
  component: KycReuseGate as never,
  loaders: [loadBackend],
  render: (args, context) => {
    const { endpoint, request } = backendOf(context);
    return (
      <KycReuseGate {...args} endpoint={endpoint} request={request} subject="user-1">
        <StandInForm />
      </KycReuseGate>
    );
  },
  argTypes: noControl(setByStory),
  args: { support: 'help@your-shop.example', onStateChange: fn(), onReady: fn(), onOpen: fn(), onError: fn() },
} satisfies Meta<PlaygroundArgs>;

export default meta;
type Story = StoryObj<PlaygroundArgs>;

/** The gate on a fake backend, with its simple props as controls. Remount to see it from the start. */
export const Playground: Story = {
  play: async ({ args, canvas }) => {
    await canvas.findByRole('button', { name: 'Withdraw $250.00' });
    await expect(args.onReady).toHaveBeenCalledOnce();
    await expect(args.onOpen).toHaveBeenCalledOnce();
    await expect(args.onError).not.toHaveBeenCalled();
  },
};

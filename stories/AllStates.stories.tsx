import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { sampleStates } from '../src/testing';
import './AllStates.css';
import { failedStates } from './failedStates';
import { furtherScreens } from './furtherScreens';
import { HeldGate, type HeldGateProps } from './HeldGate';
import { saveDraft } from './studio/draft';

interface GridProps extends Pick<HeldGateProps, 'appearance'> {
  readonly screens: Readonly<Record<string, HeldGateProps>>;
}

const meta = {
  title: 'All states',
  // Dozens of gates; a page that shows all the grids at once helps nobody.
  tags: ['!autodocs'],
  render: ({ screens, ...look }) => (
    <div className="all-states">
      {Object.entries(screens).map(([name, props]) => (
        <figure key={name}>
          <figcaption>{name}</figcaption>
          <HeldGate support="help@your-shop.example" {...look} {...props} />
        </figure>
      ))}
    </div>
  ),
  args: { screens: {} },
  argTypes: { screens: { control: false } },
  play: async ({ args, canvasElement }) => {
    const shown = () =>
      Array.from(canvasElement.querySelectorAll('[data-kyc-gate]'), (gate) => gate.getAttribute('data-kyc-gate'));
    await waitFor(() => expect(shown()).toEqual(Object.values(args.screens).map(({ state }) => state.status)));
  },
} satisfies Meta<GridProps>;

export default meta;
type Story = StoryObj<GridProps>;

const failed = Object.fromEntries(
  Object.entries(failedStates).map(([code, state]) => [code, { state, onCancel: () => {} }]),
);

export const States: Story = {
  args: {
    screens: {
      ...Object.fromEntries(Object.entries(sampleStates).map(([status, state]) => [status, { state }])),
      ...furtherScreens,
    },
  },
};
export const Failures: Story = { args: { screens: failed } };

const inTheme = (theme: string) => ({ globals: { theme } });
export const StatesInTheDark: Story = { ...States, ...inTheme('dark') };
export const FailuresInTheDark: Story = { ...Failures, ...inTheme('dark') };
export const StatesInHighContrast: Story = { ...States, ...inTheme('contrast') };
export const FailuresInHighContrast: Story = { ...Failures, ...inTheme('contrast') };
export const StatesInAVividBrand: Story = { ...States, ...inTheme('vivid') };
export const FailuresInAVividBrand: Story = { ...Failures, ...inTheme('vivid') };

/** The toolbar's other menus: language, direction, width and motion. */
export const StatesInALongLanguage: Story = {
  ...States,
  globals: { locale: 'en-XA', width: '320px' },
  play: async (context) => {
    await meta.play(context);
    for (const gate of gatesIn(context.canvasElement)) {
      await expect(gate).toHaveAttribute('lang', 'en-XA');
      await expect(gate.parentElement?.getBoundingClientRect().width).toBe(320);
    }
  },
};
export const StatesFromRightToLeft: Story = {
  ...States,
  globals: { direction: 'rtl' },
  play: async (context) => {
    await meta.play(context);
    for (const gate of gatesIn(context.canvasElement)) await expect(gate).toHaveAttribute('dir', 'rtl');
  },
};
export const StatesAtRest: Story = {
  ...States,
  globals: { motion: 'reduced', theme: 'system' },
  play: async (context) => {
    await meta.play(context);
    await expect(context.canvas.getByText(/^Reduced motion/)).toBeVisible();
    for (const gate of gatesIn(context.canvasElement)) {
      await expect(gate).toHaveAttribute('data-kyc-theme', 'system');
      await expect(getComputedStyle(gate).getPropertyValue('--_motion')).toBe('0s');
    }
  },
};

/** The theme of the studio reaches the other stories. Not for the side bar: it would take the designer's own theme away. */
export const StatesInYourTheme: Story = {
  ...States,
  tags: ['!dev'],
  globals: { theme: 'own' },
  beforeEach: () => {
    saveDraft({ baseTheme: 'dark', variables: { accent: '#ffcc00' } });
    return () => saveDraft({ baseTheme: 'light' });
  },
  play: async (context) => {
    await meta.play(context);
    for (const gate of gatesIn(context.canvasElement)) {
      await expect(gate).toHaveAttribute('data-kyc-theme', 'dark');
      await expect(getComputedStyle(gate).getPropertyValue('--_accent')).toBe('#ffcc00');
    }
  },
};

function gatesIn(canvasElement: HTMLElement): HTMLElement[] {
  const gates = Array.from(canvasElement.querySelectorAll<HTMLElement>('[data-kyc-gate]'));
  if (gates.length === 0) throw new Error('There is no gate in the story.');
  return gates;
}

import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, fn, userEvent, within } from 'storybook/test';
import { en } from '../../src/react/en';
import { readDraft, saveDraft } from './draft';
import { asCss } from './exports';
import { presets } from './presets';
import { readTheme } from './readTheme';
import { ThemeStudio } from './ThemeStudio';
import { tokenFields } from './tokenFields';

/** What a designer does in the studio, as tests. Not for the side bar: they would take the designer's own theme away. */
const meta = {
  title: 'Theme studio, tests',
  tags: ['!autodocs', '!dev'],
  parameters: { guide: true },
  render: () => <ThemeStudio messages={en} isStill={false} />,
  beforeEach: () => {
    saveDraft({ baseTheme: 'light' });
    return () => saveDraft({ baseTheme: 'light' });
  },
} satisfies Meta;

export default meta;
type Story = StoryObj;

const gatesIn = (canvasElement: HTMLElement) =>
  Array.from(canvasElement.querySelectorAll<HTMLElement>('figure [data-kyc-gate]'));
const textOf = (canvasElement: HTMLElement, title: string) =>
  within(canvasElement).getByRole('region', { name: title }).querySelector('pre')?.textContent ?? '';

function set(field: HTMLElement, value: string): void {
  void fireEvent.change(field, { target: { value } });
}

/** Each token has a picker, and what is picked reaches the gates, the exports and the other stories. */
export const PicksEveryToken: Story = {
  play: async ({ canvas, canvasElement }) => {
    for (const { label } of Object.values(tokenFields))
      await expect(
        canvas.getByRole(/font$/i.test(label) || label === 'Shadow' ? 'combobox' : 'textbox', { name: label }),
      ).toBeVisible();
    set(canvas.getByLabelText('Accent'), 'oklch(45% 0.2 29)');
    set(canvas.getByLabelText('Radius, by a slider'), '2');
    for (const gate of gatesIn(canvasElement)) {
      await expect(gate.style.getPropertyValue('--kyc-gate-accent')).toBe('oklch(45% 0.2 29)');
      await expect(getComputedStyle(gate).borderStartStartRadius).toBe('32px');
    }
    await expect(textOf(canvasElement, 'Appearance')).toBe(
      "appearance={{\n  baseTheme: 'light',\n  variables: {\n    accent: 'oklch(45% 0.2 29)',\n    radius: '2rem',\n  },\n}}",
    );
    await expect(textOf(canvasElement, 'MerchantTheme')).toMatch(/primary: '#[0-9a-f]{6}',[^]*style: 'pill'/);
    await expect(readDraft()).toEqual({
      baseTheme: 'light',
      variables: { accent: 'oklch(45% 0.2 29)', radius: '2rem' },
    });
    await userEvent.click(canvas.getByRole('button', { name: 'Reset Accent' }));
    await expect(textOf(canvasElement, 'CSS')).not.toContain('accent');
  },
};

/** A pair of colours that is too near to each other is said at its picker, with a colour that does. */
export const WarnsOfWeakContrast: Story = {
  play: async ({ canvas }) => {
    const [verdict] = canvas.getAllByRole('status');
    await expect(verdict).toHaveTextContent('Every pair of colours has the contrast');
    // 4.48 to 1 on white.
    set(canvas.getByLabelText('Muted text'), '#777');
    await expect(verdict).toHaveTextContent('descriptions (4.48)');
    // Each offer is for one pair of colours; the strictest is the last to go.
    for (let offer; (offer = canvas.queryAllByRole('button', { name: /^Use #/ }).at(-1));) await userEvent.click(offer);
    await expect(verdict).toHaveTextContent('Every pair of colours has the contrast');
    // A colour one can half see through counts as what is seen.
    set(canvas.getByLabelText('Text'), 'rgb(0 0 0 / 0.4)');
    await expect(verdict).toHaveTextContent(/titles \(2\.\d\d\)/);
    set(canvas.getByLabelText('Text'), 'blurple');
    await expect(canvas.getByText(/The browser does not know this value/)).toBeVisible();
    await expect(canvas.getByLabelText('Text')).toBeInvalid();
    await userEvent.click(canvas.getByRole('button', { name: 'Reset Text' }));
  },
};

/** No preset starts with a warning; each survives the way out and in, as appearance, as CSS, and for the form as a MerchantTheme. */
export const HandsOverAndTakesBack: Story = {
  play: async ({ canvas, canvasElement }) => {
    const [verdict] = canvas.getAllByRole('status');
    for (const [name, preset] of Object.entries(presets)) {
      await userEvent.click(canvas.getByRole('button', { name }));
      await expect(verdict).toHaveTextContent('Every pair of colours has the contrast');
      await expect(readTheme(textOf(canvasElement, 'Appearance')).draft).toEqual(preset);
      await expect(readTheme(textOf(canvasElement, 'CSS')).draft).toEqual(preset);
      const theme = textOf(canvasElement, 'MerchantTheme');
      // Of all keys only this is mixed by the gate.
      await expect(readTheme(theme).leftOut).toEqual(['backgroundAccent']);
      await takeOver(canvasElement, theme);
      await expect(textOf(canvasElement, 'MerchantTheme')).toBe(theme);
    }
    await takeOver(canvasElement, asCss(presets.Ember ?? {}));
    await expect(readDraft()).toEqual(presets.Ember);
    await takeOver(
      canvasElement,
      "theme={{ background: '#101010', primary: '#ffcc00', style: MerchantStyle.Pill, showCardIcon: true }}",
    );
    await expect(readDraft()).toEqual({
      baseTheme: 'dark',
      variables: { surface: '#101010', accent: '#ffcc00', radius: '1.5rem' },
    });
    await expect(canvas.getByText(/^Taken over/)).toHaveTextContent(
      'Left out, since the gate has no token for it: showCardIcon',
    );
    // A button of another colour than `primary` is said to be lost; one without `primary` is the accent.
    await expect(readTheme("{ ctaColor: '#0a0', primary: '#00a' }")).toEqual({
      draft: { baseTheme: 'light', variables: { accent: '#00a' } },
      leftOut: ['ctaColor'],
    });
    await expect(readTheme("{ ctaColor: '#0a0' }")).toEqual({
      draft: { baseTheme: 'light', variables: { accent: '#0a0' } },
      leftOut: [],
    });
    for (const text of [
      '',
      'hello',
      '{ broken',
      "{ accent: 'red', }}",
      '{ colour: 1 }',
      "{ variables: 'red' }",
      '{ primary: { a: 1 } }',
      '{ --kyc-gate-accent: }',
    ]) {
      const before = readDraft();
      await takeOver(canvasElement, text);
      if (text.includes("'red'")) await expect(readDraft()).toEqual({ variables: { accent: 'red' } });
      else {
        await expect(canvas.getByText(/There is no|cannot be read|can be read/)).toBeVisible();
        await expect(readDraft()).toEqual(before);
      }
    }
    await userEvent.click(canvas.getByRole('button', { name: 'Light' }));
  },
};

/** Copied to the clipboard; where the browser does not allow it, the designer is told how else. */
export const Copies: Story = {
  play: async ({ canvas, canvasElement }) => {
    const writeText = fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    await userEvent.click(canvas.getByRole('button', { name: 'Copy CSS' }));
    await expect(writeText).toHaveBeenCalledWith(textOf(canvasElement, 'CSS'));
    await expect(await canvas.findByText('Copied')).toBeVisible();
    writeText.mockRejectedValueOnce(new Error('not allowed'));
    await userEvent.click(canvas.getByRole('button', { name: 'Copy Appearance' }));
    await expect(await canvas.findByText(/select the text instead/)).toBeVisible();
    // The browser's own again.
    Reflect.deleteProperty(navigator, 'clipboard');
  },
};

/** The main screens, all states, all failures. */
export const ShowsEverySet: Story = {
  play: async ({ canvas, canvasElement }) => {
    for (const set of ['All states', 'All failures', 'The main screens']) {
      await userEvent.selectOptions(canvas.getByRole('combobox', { name: 'Show' }), set);
      await expect(gatesIn(canvasElement).length).toBeGreaterThan(set === 'The main screens' ? 6 : 15);
    }
  },
};

/** Page and gate each keep their own scheme; axe looks at the end. */
export const DarkThemeOnALightPage: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Dark' }));
    for (const gate of gatesIn(canvasElement)) await expect(gate).toHaveAttribute('data-kyc-theme', 'dark');
    await expect(readDraft()).toEqual({ baseTheme: 'dark' });
  },
};

async function takeOver(canvasElement: HTMLElement, text: string): Promise<void> {
  const canvas = within(canvasElement);
  set(canvas.getByLabelText('Bring a theme in'), text);
  await userEvent.click(canvas.getByRole('button', { name: 'Take over' }));
}

import type { Tokens } from '../../src/index';

/** How a token is picked. */
export interface TokenField {
  readonly label: string;
  readonly group: 'Colours' | 'Type' | 'Shape and size' | 'Motion';
  /** CSS property that takes the same values. */
  readonly property: string;
  /** A number with a unit that a slider sets; a text is free. */
  readonly slider?: {
    readonly min: number;
    readonly max: number;
    readonly step: number;
    readonly unit: 'rem' | 's' | '';
  };
  /** Values to choose from, beside any other. */
  readonly choices?: readonly string[];
}

const colour = { group: 'Colours', property: 'color' } as const;
const weight = { group: 'Type', property: 'font-weight', slider: { min: 300, max: 900, step: 50, unit: '' } } as const;

/** One per token: a token without a field does not compile. */
export const tokenFields: Readonly<Record<keyof Tokens, TokenField>> = {
  surface: { label: 'Surface', ...colour },
  text: { label: 'Text', ...colour },
  muted: { label: 'Muted text', ...colour },
  accent: { label: 'Accent', ...colour },
  onAccent: { label: 'Text on accent', ...colour },
  border: { label: 'Border', ...colour },
  danger: { label: 'Danger', ...colour },
  success: { label: 'Success', ...colour },
  focus: { label: 'Focus ring', ...colour },
  font: {
    label: 'Font',
    group: 'Type',
    property: 'font-family',
    choices: [
      'system-ui, sans-serif',
      'Inter, system-ui, sans-serif',
      'Georgia, serif',
      'ui-rounded, system-ui, sans-serif',
      'ui-monospace, monospace',
    ],
  },
  fontSize: {
    label: 'Font size',
    group: 'Type',
    property: 'font-size',
    slider: { min: 0.75, max: 1.5, step: 0.0625, unit: 'rem' },
  },
  fontWeight: { label: 'Font weight', ...weight },
  titleWeight: { label: 'Title weight', ...weight },
  lineHeight: {
    label: 'Line height',
    group: 'Type',
    property: 'line-height',
    slider: { min: 1.2, max: 2, step: 0.05, unit: '' },
  },
  radius: {
    label: 'Radius',
    group: 'Shape and size',
    property: 'border-radius',
    slider: { min: 0, max: 2, step: 0.125, unit: 'rem' },
  },
  space: {
    label: 'Spacing',
    group: 'Shape and size',
    property: 'padding',
    slider: { min: 0.5, max: 2, step: 0.125, unit: 'rem' },
  },
  minHeight: {
    label: 'Least height',
    group: 'Shape and size',
    property: 'min-height',
    slider: { min: 16, max: 48, step: 1, unit: 'rem' },
  },
  shadow: {
    label: 'Shadow',
    group: 'Shape and size',
    property: 'box-shadow',
    choices: ['none', '0 1px 3px rgb(0 0 0 / 0.2)', '0 0.5rem 2rem rgb(0 0 0 / 0.15)', '0 1rem 3rem rgb(0 0 0 / 0.3)'],
  },
  motion: {
    label: 'One pass of the progress bar',
    group: 'Motion',
    property: 'animation-duration',
    slider: { min: 0, max: 4, step: 0.1, unit: 's' },
  },
};

export const tokenNames = Object.keys(tokenFields) as readonly (keyof Tokens)[];

/** Whether the browser takes the value for this token. */
export function isUsable(token: keyof Tokens, value: string): boolean {
  return CSS.supports(tokenFields[token].property, value);
}

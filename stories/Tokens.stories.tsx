import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import type { Appearance, Tokens as TokenValues } from '../src/index';
import source from '../src/react/look/tokens.ts?raw';
import { variableOf } from '../src/react/look/tokens';
import { variablesOf } from '../src/react/look/appearance';
import { Prose } from './Prose';
import { readDocs } from './readDocs';
import { tokenFields, tokenNames } from './studio/tokenFields';
import { tokenOfKey } from './studio/readTheme';
import './Tokens.css';

const tokens = readDocs(source);

/** Read from `src/react/look/tokens.ts`, which is the manual of the tokens. */
function TokenTable({ appearance }: { readonly appearance: Appearance }) {
  return (
    <main className="guide-page">
      <header>
        <h1>Tokens</h1>
        <p className="lead">
          The gate’s look in {tokens.length} values. Set one in CSS, by its variable, on the gate or anything around it;
          or in <code>appearance.variables</code>, by its name. Colours are shown as the theme of the toolbar has them.
        </p>
      </header>
      <div className="guide-table" tabIndex={0} role="region" aria-label="Tokens">
        {/* Gives the swatches the theme's values; no gate. */}
        <table
          data-kyc-gate=""
          data-kyc-theme={appearance.baseTheme}
          style={variablesOf(appearance)}
          className="token-table borrowed"
        >
          <thead>
            <tr>
              <th scope="col">Token</th>
              <th scope="col">CSS variable</th>
              <th scope="col">What it is</th>
              <th scope="col">Default</th>
              <th scope="col">In Coinflow’s form</th>
            </tr>
          </thead>
          <tbody>
            {tokens.map(({ name, docs, byDefault, coinflow }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                  <small>{tokenFields[name as keyof TokenValues]?.label}</small>
                </th>
                <td>
                  <code>{variableOf(name as keyof TokenValues)}</code>
                </td>
                <td>
                  {tokenFields[name as keyof TokenValues]?.property === 'color' && (
                    <i
                      style={{ background: `var(${variableOf(name as keyof TokenValues).replace('kyc-gate-', '_')})` }}
                    />
                  )}
                  <Prose text={docs || '–'} />
                </td>
                <td>
                  <Prose text={byDefault} />
                </td>
                <td>
                  <Prose text={coinflow || '–'} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </main>
  );
}

const meta = {
  title: 'Tokens',
  tags: ['!autodocs'],
  parameters: { guide: true },
  render: ({ appearance }) => <TokenTable appearance={appearance} />,
  args: { appearance: {} },
} satisfies Meta<{ appearance: Appearance }>;

export default meta;

export const Tokens: StoryObj<typeof meta> = {
  play: async ({ canvas }) => {
    const rows = canvas.getAllByRole('rowheader').map((cell) => cell.querySelector('code')?.textContent ?? '');
    // `tokenNames` is held by the compiler against the tokens.
    await expect(rows.toSorted()).toEqual(tokenNames.toSorted());
    for (const { name, byDefault } of tokens) await expect(`${name} ${byDefault}`).toMatch(/`.+`/);
    // What the studio takes over from a MerchantTheme is what the token's docs say.
    for (const [key, token] of Object.entries(tokenOfKey)) {
      if (token === null) continue;
      const row = canvas.getByRole('rowheader', { name: new RegExp(`^${token} `) }).closest('tr');
      if (!row) throw new Error(`${token} has no row.`);
      await expect(within(row).getAllByText(key).length).toBeGreaterThan(0);
    }
  },
};

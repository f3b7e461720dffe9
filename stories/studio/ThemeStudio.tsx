import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Appearance, GateMessages, Tokens } from '../../src/index';
import source from '../../src/react/look/tokens.ts?raw';
import { variablesOf } from '../../src/react/look/appearance';
import { sampleStates } from '../../src/testing';
import { HeldGate } from '../HeldGate';
import { readDocs } from '../readDocs';
import { schemeOf } from '../toolbar/schemeOf';
import { CopyBlock } from './CopyBlock';
import { type Draft, readDraft, saveDraft } from './draft';
import { asAppearance, asCss, asMerchantTheme } from './exports';
import { ImportTheme } from './ImportTheme';
import { type Measured, measure } from './measure';
import { PaintedForm } from './PaintedForm';
import { presets } from './presets';
import { previewSets } from './previewSets';
import './ThemeStudio.css';
import { tokenFields, tokenNames } from './tokenFields';
import { TokenPicker } from './TokenPicker';

interface ThemeStudioProps {
  readonly messages: GateMessages;
  /** The token `motion` is 0s, whatever is picked. */
  readonly isStill: boolean;
}

const docs = new Map(readDocs(source).map((token) => [token.name, token]));
const groups = [...new Set(tokenNames.map((token) => tokenFields[token].group))];
const support = 'help@your-shop.example';

/** Makes a theme: what is picked shows at once, on the real gate and on the form's stand-in. */
export function ThemeStudio({ messages, isStill }: ThemeStudioProps) {
  const [draft, setDraft] = useState(readDraft);
  const [shown, setShown] = useState('The main screens');
  const [measured, setMeasured] = useState<Measured>();
  const sample = useRef<HTMLElement>(null);
  const isDarkDevice = useSyncExternalStore(onSchemeChange, () => darkDevice.matches);
  useEffect(() => saveDraft(draft), [draft]);
  useLayoutEffect(() => {
    const root = sample.current?.querySelector<HTMLElement>('[data-kyc-gate]');
    if (root) setMeasured(measure(root));
  }, [draft, isDarkDevice]);

  const { variables } = draft;
  function pick(token: keyof Tokens, value: string | undefined) {
    const picked = Object.entries({ ...variables, [token]: value }).filter(([, it]) => it !== undefined);
    setDraft({
      ...(draft.baseTheme && { baseTheme: draft.baseTheme }),
      ...(picked.length > 0 && { variables: Object.fromEntries(picked) }),
    });
  }
  const appearance: Appearance = isStill ? { ...draft, variables: { ...variables, motion: '0s' } } : draft;
  const weak = measured?.contrasts.filter(({ ratio, atLeast }) => ratio < atLeast) ?? [];
  const preview: CSSProperties = { colorScheme: schemeOf(draft.baseTheme) };
  const gate = { appearance, messages, support };
  return (
    <div className="theme-studio">
      <aside aria-label="Tokens">
        <h1>Theme studio</h1>
        <p className="lead">
          What you pick shows at once. It is kept in this browser; choose the theme <em>Yours</em> in the toolbar to see
          it in every other story.
        </p>
        <fieldset className="presets">
          <legend>Start from</legend>
          {Object.entries(presets).map(([name, preset]) => (
            <button
              key={name}
              type="button"
              aria-pressed={asAppearance(preset) === asAppearance(draft)}
              onClick={() => setDraft(preset)}
            >
              <Swatches draft={preset} />
              {name}
            </button>
          ))}
        </fieldset>
        <div className="token-picker">
          <label htmlFor="base-theme">Base theme</label>
          <select
            id="base-theme"
            value={draft.baseTheme ?? ''}
            onChange={({ target }) =>
              setDraft({
                ...(variables && { variables }),
                ...(target.value && { baseTheme: target.value as NonNullable<Draft['baseTheme']> }),
              })
            }
          >
            <option value="">None: light, and the form keeps its look</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
            <option value="system">System: light or dark, as the user’s device</option>
            <option value="contrast">High contrast</option>
            <option value="vivid">Vivid brand</option>
          </select>
        </div>
        {groups.map((group) => (
          <fieldset key={group}>
            <legend>{group}</legend>
            {tokenNames
              .filter((token) => tokenFields[token].group === group)
              .map((token) => (
                <TokenPicker
                  key={token}
                  token={token}
                  docs={docs.get(token)}
                  value={variables?.[token]}
                  colour={measured?.colours[token]}
                  weak={weak.filter(({ tokens }) => tokens[0] === token)}
                  onChange={(value) => pick(token, value)}
                />
              ))}
          </fieldset>
        ))}
      </aside>

      <div className="studio-main">
        <p className="verdict" role="status" data-weak={weak.length > 0 || undefined}>
          {weak.length === 0
            ? 'Every pair of colours has the contrast that WCAG 2.2 AA asks for.'
            : `Too little contrast: ${weak.map(({ what, ratio }) => `${what.toLowerCase()} (${ratio.toFixed(2)})`).join(', ')}.`}
          {draft.baseTheme === 'system' && ' Measured as this device is set; switch it to check the other half.'}
        </p>

        <section aria-labelledby="screens-title">
          <header>
            <h2 id="screens-title">The gate</h2>
            <label>
              Show{' '}
              <select value={shown} onChange={({ target }) => setShown(target.value)}>
                {Object.keys(previewSets).map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          </header>
          <div className="screens">
            {Object.entries(previewSets[shown] ?? {}).map(([name, props]) => (
              <figure key={name}>
                <div style={preview}>
                  <HeldGate {...gate} {...props} />
                </div>
                <figcaption>{name}</figcaption>
              </figure>
            ))}
          </div>
        </section>

        <section aria-labelledby="form-title">
          <header>
            <h2 id="form-title">The payout form</h2>
          </header>
          <p>
            Coinflow’s form opens in the gate’s place and gets the same look, as far as Coinflow’s theme goes. This is a
            stand-in, painted with what Coinflow is given; its real form differs in layout.
          </p>
          <div className="form-look">
            <figure ref={sample} style={preview}>
              <HeldGate {...gate} state={sampleStates.ready}>
                <PaintedForm theme={measured?.theme} />
              </HeldGate>
            </figure>
            <FormTheme theme={measured?.theme} />
          </div>
        </section>

        <section aria-labelledby="hand-over-title">
          <header>
            <h2 id="hand-over-title">Hand it over</h2>
          </header>
          <div className="hand-over">
            <CopyBlock title="Appearance" text={asAppearance(draft)}>
              For the developer: a prop of <code>KycReuseGate</code>. It themes the gate and the form.
            </CopyBlock>
            <CopyBlock title="CSS" text={asCss(draft)}>
              The same in a style sheet, where the look of your product lives in CSS.
            </CopyBlock>
            <CopyBlock title="MerchantTheme" text={asMerchantTheme(measured?.theme)}>
              What Coinflow’s form is given. The gate hands it over by itself; use it where Coinflow’s form stands
              alone.
            </CopyBlock>
            <ImportTheme onRead={setDraft} />
          </div>
        </section>
      </div>
    </div>
  );
}

function FormTheme({ theme }: { readonly theme: Measured['theme'] }) {
  if (!theme)
    return (
      <p>Nothing is handed over: with no base theme and no token set, the branding of Coinflow’s dashboard holds.</p>
    );
  return (
    <dl>
      {Object.entries(theme).map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>
            {String(value).startsWith('#') && <i style={{ background: String(value) }} />}
            {String(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The colours of a preset, as the gate itself makes them. */
function Swatches({ draft: { baseTheme, variables = {} } }: { readonly draft: Draft }) {
  const style = variablesOf({ variables });
  return (
    <span className="swatches borrowed" data-kyc-gate="" data-kyc-theme={baseTheme} style={style} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}

const darkDevice = matchMedia('(prefers-color-scheme: dark)');

function onSchemeChange(listener: () => void): () => void {
  darkDevice.addEventListener('change', listener);
  return () => darkDevice.removeEventListener('change', listener);
}

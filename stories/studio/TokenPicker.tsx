import { useId } from 'react';
import type { Tokens } from '../../src/index';
import { Prose } from '../Prose';
import type { Documented } from '../readDocs';
import type { Contrast } from './contrast';
import { isUsable, tokenFields } from './tokenFields';

interface TokenPickerProps {
  readonly token: keyof Tokens;
  readonly docs: Documented | undefined;
  /** What is set; nothing where the theme's own value holds. */
  readonly value: string | undefined;
  /** The colour it comes to, in hex. */
  readonly colour: string | undefined;
  /** Pairs of colours that are too near to each other, and begin with this token. */
  readonly weak: readonly Contrast[];
  readonly onChange: (value: string | undefined) => void;
}

/** Picks one token: with the tool for its kind, or as any text that CSS takes. */
export function TokenPicker({ token, docs, value, colour, weak, onChange }: TokenPickerProps) {
  const { label, property, slider, choices } = tokenFields[token];
  const id = useId();
  const isRefused = value !== undefined && !isUsable(token, value);
  return (
    <div className="token-picker" data-set={value !== undefined || undefined}>
      <div className="token-head">
        <label htmlFor={id}>{label}</label>
        {value !== undefined && (
          <button type="button" className="quiet" aria-label={`Reset ${label}`} onClick={() => onChange(undefined)}>
            Reset
          </button>
        )}
      </div>
      <div className="token-tools">
        {property === 'color' && (
          <input
            type="color"
            aria-label={`${label}, as a picture`}
            value={colour ?? '#000000'}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
        {slider && (
          <input
            type="range"
            aria-label={`${label}, by a slider`}
            {...slider}
            value={numberIn(value ?? docs?.byDefault)}
            onChange={({ target }) => onChange(target.value + slider.unit)}
          />
        )}
        <input
          id={id}
          type="text"
          spellCheck={false}
          autoComplete="off"
          list={choices && `${id}-choices`}
          aria-invalid={isRefused || undefined}
          aria-describedby={`${id}-notes`}
          value={value ?? ''}
          placeholder={colour ?? docs?.byDefault.replaceAll('`', '')}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
        />
        {choices && (
          <datalist id={`${id}-choices`}>
            {choices.map((choice) => (
              <option key={choice} value={choice} />
            ))}
          </datalist>
        )}
      </div>
      <div id={`${id}-notes`} className="token-notes">
        {docs && (
          <p>
            <Prose text={docs.docs} />
          </p>
        )}
        {isRefused && (
          <p className="weak">The browser does not know this value: the gate looks as if it were missing, or wrong.</p>
        )}
        {weak.map(({ what, ratio, atLeast, better }) => (
          <p key={what} className="weak">
            {what}: {ratio.toFixed(2)} to 1, and {atLeast} is needed.
            {better && (
              <button type="button" className="swatch-button" onClick={() => onChange(better)}>
                <i style={{ background: better }} />
                Use {better}
              </button>
            )}
          </p>
        ))}
      </div>
    </div>
  );
}

function numberIn(value = ''): number {
  return Number.parseFloat(value.replaceAll('`', '')) || 0;
}

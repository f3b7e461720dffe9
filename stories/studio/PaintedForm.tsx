import type { CSSProperties } from 'react';
import type { WithdrawTheme } from '../../src/index';
import './PaintedForm.css';

/** Coinflow's three kinds of corners, about as they are there. */
const corners: Readonly<Record<NonNullable<WithdrawTheme['style']>, readonly [field: string, button: string]>> = {
  sharp: ['0', '0'],
  rounded: ['0.5rem', '0.5rem'],
  pill: ['1.25rem', '3rem'],
};

/** Stands where Coinflow's form would be, in the colours and the type that Coinflow is given. */
export function PaintedForm({ theme = {} }: { readonly theme: WithdrawTheme | undefined }) {
  const [card, button] = corners[theme.style ?? 'rounded'];
  const style = {
    '--form-background': theme.background,
    '--form-card': theme.cardBackground,
    '--form-field': theme.backgroundAccent,
    '--form-line': theme.backgroundAccent2,
    '--form-text': theme.textColor,
    '--form-muted': theme.textColorAccent,
    '--form-primary': theme.primary,
    '--form-cta': theme.ctaColor,
    '--form-on-cta': theme.textColorAction,
    '--form-font': theme.font && `'${theme.font}'`,
    '--form-size': theme.fontSize,
    '--form-weight': theme.fontWeight,
    '--form-card-radius': card,
    '--form-radius': button,
  } as CSSProperties;
  return (
    <form className="painted-form" style={style} onSubmit={(event) => event.preventDefault()}>
      <p className="painted-amount">
        <small>You withdraw</small>
        <strong>$250.00</strong>
        <small>No fee. Arrives tomorrow.</small>
      </p>
      <div className="painted-row is-chosen">
        <span>
          Bank account
          <br />
          <small>ending in 4821</small>
        </span>
      </div>
      <div className="painted-row">
        <span>
          Debit card
          <br />
          <small>ending in 0012</small>
        </span>
      </div>
      <button type="submit">Withdraw $250.00</button>
    </form>
  );
}

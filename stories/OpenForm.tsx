import type { Part } from '../src/index';
import { variablesOf } from '../src/react/look/appearance';
import type { Look } from './drawings';
import { StandInForm } from './StandInForm';

/** The gate's own markup around a stand-in: the real form would ask Coinflow for a page. */
export function OpenForm({ appearance, messages }: Look) {
  const part = (name: Part) => ({ 'data-kyc-part': name });
  return (
    <div
      {...part('root')}
      data-kyc-gate="ready"
      data-kyc-theme={appearance.baseTheme}
      lang={messages.lang}
      dir={messages.dir}
      style={variablesOf(appearance)}
    >
      <div {...part('live')} />
      <div {...part('form')}>
        <StandInForm />
      </div>
      <p {...part('notice')}>
        {messages.notLoading}{' '}
        <button {...part('link')} type="button">
          {messages.actions.reload}
        </button>
      </p>
    </div>
  );
}

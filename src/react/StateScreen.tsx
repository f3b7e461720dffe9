import type { LoadedMessages } from './messages';
import type { Action, Screen, Step } from './screenOf';

interface StateScreenProps {
  readonly screen: Screen;
  readonly title: string;
  readonly text: string;
  readonly messages: LoadedMessages;
  readonly onAction: (action: Action) => void;
  readonly support: string | undefined;
  readonly onCancel: (() => void) | undefined;
}

/** One screen of the gate: icon, words, steps and what can be done. */
export function StateScreen({ screen, title, text, messages, onAction, support, onCancel }: StateScreenProps) {
  const { actions = [], link, look, step } = screen;
  const newTab = (part: string, href: string, label: string) => (
    <a data-kyc-part={part} href={href} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
  return (
    <div data-kyc-part="screen" data-kyc-look={look}>
      <div data-kyc-part="card">
        <Icon look={look} />
        <h2 data-kyc-part="title">{title}</h2>
        <p data-kyc-part="text">{text}</p>
        {step && <Steps current={step} messages={messages} />}
        <div data-kyc-part="actions">
          {link && newTab('button', link, messages.actions.continue)}
          {actions.map((action, i) => (
            <button key={action} type="button" data-kyc-part={i === 0 ? 'button' : 'secondaryButton'} onClick={() => onAction(action)}>
              {messages.actions[action]}
            </button>
          ))}
          {screen.support && support && newTab(actions[0] ? 'link' : 'button', supportHref(support), messages.actions.support)}
          {onCancel && (
            <button type="button" data-kyc-part="link" onClick={onCancel}>
              {messages.actions.cancel}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

function Steps({ current, messages }: { readonly current: Step; readonly messages: LoadedMessages }) {
  const steps = Object.keys(messages.steps) as Step[];
  const at = steps.indexOf(current);
  return (
    <ol data-kyc-part="steps">
      {steps.map((step, i) => (
        <li
          key={step}
          data-kyc-part="step"
          data-kyc-step={i < at ? 'done' : i === at ? 'current' : 'next'}
          aria-current={i === at ? 'step' : undefined}
        >
          {messages.steps[step]}
        </li>
      ))}
    </ol>
  );
}

/** Drawn for this library; the colour is the text's. */
function Icon({ look }: Pick<Screen, 'look'>) {
  if (look === 'progress') return <span data-kyc-part="icon" data-kyc-spinner="" aria-hidden="true" />;
  return (
    <svg data-kyc-part="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" aria-hidden="true">
      {look === 'question' ? (
        <path d="M12 3 5 6v5c0 4.6 2.9 8.2 7 10 4.1-1.8 7-5.4 7-10V6l-7-3Zm-3 9 2.2 2.2L15.2 10" strokeLinejoin="round" />
      ) : (
        <path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4.6v5.2m0 3.4v.1" />
      )}
    </svg>
  );
}

function supportHref(support: string): string {
  return /^[^\s/:@]+@[^\s/:@]+$/.test(support) ? `mailto:${support}` : support;
}

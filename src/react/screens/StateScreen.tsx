import type { ReactNode } from 'react';
import type { LookOf } from '../look/appearance';
import type { GateMessages, ScreenText } from '../messages';
import type { Action, Screen, Step } from './screenOf';

interface StateScreenProps {
  readonly screen: Screen;
  readonly words: ScreenText;
  readonly messages: GateMessages;
  readonly look: LookOf;
  readonly onAction: (action: Action) => void;
  readonly support: string | undefined;
  readonly onCancel: (() => void) | undefined;
  /** The time below the text. */
  readonly time: ReactNode;
}

/** One screen of the gate: icon, texts, steps, and what the user can do. */
export function StateScreen({ screen, words, messages, look, onAction, support, onCancel, time }: StateScreenProps) {
  const { actions = [], links = [], mood, step } = screen;
  const newTab = (part: 'button' | 'link', href: string, label: string | undefined) => (
    <a
      key={href}
      {...look(part)}
      href={href}
      target={href.startsWith('mailto') ? undefined : '_blank'}
      rel="noopener noreferrer"
    >
      {label}
    </a>
  );
  return (
    <div {...look('screen')} data-kyc-mood={mood}>
      <div {...look('card')}>
        {step === 'open' ? (
          <div {...look('skeleton')} aria-hidden="true" />
        ) : (
          <svg
            {...look('icon')}
            viewBox="-9 -9 42 42"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden="true"
          >
            <path d={icons[mood]} />
          </svg>
        )}
        {/* Keyed: screen readers announce an alert when it mounts, not when an element turns into one. */}
        <div key={mood} {...(mood === 'problem' && { ...look('alert'), role: 'alert' })}>
          <h2 {...look('title')}>{words.title}</h2>
          {/* Keyed: browsers count replaced text that is centred as a layout shift. */}
          <p key={words.text} {...look('description')}>
            {words.text}
          </p>
        </div>
        {time}
        {step && (
          <>
            <div {...look('progress')} aria-hidden="true" />
            <Steps current={step} messages={messages} look={look} />
          </>
        )}
        <div {...look('actions')}>
          {links.map(({ name, link }, i) =>
            newTab(i === 0 ? 'button' : 'link', link, (i > 0 && name) || messages.actions.continue),
          )}
          {actions.map((action, i) => (
            <button
              key={action}
              type="button"
              {...look(i === 0 ? 'button' : 'secondaryButton')}
              onClick={() => onAction(action)}
            >
              {messages.actions[action]}
            </button>
          ))}
          {screen.support &&
            support &&
            newTab(actions[0] ? 'link' : 'button', supportHref(support), messages.actions.support)}
          {onCancel && (
            <button type="button" {...look('link')} onClick={() => onCancel()}>
              {messages.actions.cancel}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

function Steps({ current, messages, look }: { readonly current: Step } & Pick<StateScreenProps, 'messages' | 'look'>) {
  const steps = Object.keys(messages.steps) as Step[];
  const at = steps.indexOf(current);
  return (
    // Explicit role, because Safari drops it from lists without markers.
    <ol {...look('steps')} role="list">
      {steps.map((step, i) => (
        <li
          key={step}
          {...look('step')}
          data-kyc-step={i < at ? 'done' : i === at ? 'current' : 'next'}
          aria-current={i === at ? 'step' : undefined}
        >
          {messages.steps[step]}
        </li>
      ))}
    </ol>
  );
}

const shield = 'M12 3 5 6v5c0 4.6 2.9 8.2 7 10 4.1-1.8 7-5.4 7-10V6z';
/** Drawn for this library, in the text's colour. */
const icons: Record<Screen['mood'], string> = {
  progress: `${shield}m-3 9 2.2 2.2 4-4.4`,
  question: `${shield}m0 5v4.5m0 3v.01`,
  notice: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16m0 4v4.3l2.7 1.6',
  problem: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16m0 4.2v4.4m0 3v.01',
};

function supportHref(support: string): string {
  return /^[^/:]+@[^/:]+$/.test(support) ? `mailto:${support}` : support;
}

import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect } from 'storybook/test';
import type { Appearance, GateMessages } from '../src/index';
import { sampleStates } from '../src/testing';
import { failedStates } from './failedStates';
import { HeldGate } from './HeldGate';
import './StartHere.css';

/** Where to look, by the address of the page in this Storybook. */
const places = {
  'theme-studio--studio': ['Theme studio', 'Pick colours, type and shape, see them at once, and hand the result over.'],
  'all-states--states': ['All states', 'Every screen on one page, in every theme. The failures are beside it.'],
  'journeys--first-time': [
    'Live journeys',
    'The gate at work, from the first look to the open form. The toolbar makes the answers slower.',
  ],
  'anatomy--anatomy': ['Anatomy', 'What each part is called, drawn on the screens.'],
  'messages--messages': ['Messages', 'Every text in every language, to read and to reword.'],
  'tokens--tokens': ['Tokens', 'All values of the look, with their defaults.'],
} as const;

const tools: Readonly<Record<string, string>> = {
  Theme: 'Five finished looks, and yours from the studio.',
  Language:
    'Every language of the gate, and two that do not exist: one is a third longer than English, one runs from right to left.',
  Direction: 'Flips the gate, whatever the language.',
  Width: 'A small phone, a phone, a tablet, or the full width.',
  Motion: 'Reduced: nothing moves, as for users who have asked their device for less motion.',
  Backend: 'How long an answer takes in the live journeys.',
};

interface StartHereProps {
  readonly appearance: Appearance;
  readonly messages: GateMessages;
}

function StartHerePage(look: StartHereProps) {
  const support = 'help@your-shop.example';
  return (
    <main className="guide-page start-here">
      <header>
        <h1>A calm moment before the payout</h1>
        <p className="lead">
          Your users have proved who they are once. This gate passes that proof on to Coinflow, says what is happening,
          and opens the payout form as soon as it can. On most days they see it for a second or two. Make those seconds
          look like your product.
        </p>
      </header>

      <ol className="start-screens" aria-label="What a user sees">
        <Screen title="It waits" text="With the steps it takes, and no more movement than needed.">
          <HeldGate support={support} {...look} state={sampleStates.processing} />
        </Screen>
        <Screen title="It asks, or says what went wrong" text="In plain words, with one clear thing to do.">
          <HeldGate support={support} {...look} state={failedStates.tokenRefused} />
        </Screen>
        <Screen title="It opens" text="Coinflow’s form, in the same place and the same look.">
          <HeldGate support={support} {...look} state={sampleStates.ready} />
        </Screen>
      </ol>

      <section aria-labelledby="look-title">
        <h2 id="look-title">Where to look</h2>
        <ul className="start-places">
          {Object.entries(places).map(([id, [title, text]]) => (
            <li key={id}>
              <a className="guide-link" href={`./?path=/story/${id}`} target="_top">
                {title}
              </a>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </section>

      <section aria-labelledby="yours-title">
        <h2 id="yours-title">Make it yours</h2>
        <ol className="start-steps">
          <li>
            <h3>Start from something near</h3>
            <p>
              Open the <PlaceLink id="theme-studio--studio" /> and choose a theme, or paste the one that your Coinflow
              form has already.
            </p>
          </li>
          <li>
            <h3>Bring your brand in</h3>
            <p>
              Accent, surface and radius do most of it. If two colours are too close to each other, the studio says so,
              and offers the nearest one that is readable.
            </p>
          </li>
          <li>
            <h3>See it everywhere</h3>
            <p>
              Choose the theme <em>Yours</em> in the toolbar, and go through <PlaceLink id="all-states--states" /> and{' '}
              <PlaceLink id="journeys--first-time" />: narrow, long, from right to left, at rest.
            </p>
          </li>
          <li>
            <h3>Hand it over</h3>
            <p>
              Copy <em>Appearance</em> or <em>CSS</em> from the studio and send it to your developer: it is all they
              need. The form gets the same look by itself.
            </p>
          </li>
        </ol>
      </section>

      <section aria-labelledby="toolbar-title">
        <h2 id="toolbar-title">The toolbar above</h2>
        <dl className="start-tools">
          {Object.entries(tools).map(([tool, text]) => (
            <div key={tool}>
              <dt>{tool}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>

      <section aria-labelledby="further-title">
        <h2 id="further-title">If values are not enough</h2>
        <p className="lead">
          Each part can be given a class or a style of its own: <PlaceLink id="anatomy--anatomy" /> has their names. A
          whole screen can be replaced by one of yours, and the look can be left out altogether. Coinflow’s form lies in
          a frame of its own and follows Coinflow’s theme: colours, one font, its size and weight, and three kinds of
          corners.
        </p>
      </section>
    </main>
  );
}

function Screen({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  return (
    <li>
      <div className="start-gate" inert>
        {children}
      </div>
      <h2>{title}</h2>
      <p>{text}</p>
    </li>
  );
}

function PlaceLink({ id }: { readonly id: keyof typeof places }) {
  return (
    <a className="guide-link" href={`./?path=/story/${id}`} target="_top">
      {places[id][0]}
    </a>
  );
}

const meta = {
  title: 'Start here',
  tags: ['!autodocs'],
  parameters: { guide: true },
  render: ({ appearance, messages }) => <StartHerePage appearance={appearance} messages={messages} />,
} satisfies Meta<StartHereProps>;

export default meta;

export const StartHere: StoryObj = {
  name: 'Start here',
  play: async ({ canvas }) => {
    const [first] = canvas.getAllByRole('heading', { level: 1 });
    await expect(first).toBeVisible();
    // Not those in the gates.
    const own = canvas.getAllByRole<HTMLAnchorElement>('link').filter((link) => !link.closest('[data-kyc-gate]'));
    const links = own.map((link) => new URL(link.href).searchParams.get('path'));
    await expect(new Set(links)).toEqual(new Set(Object.keys(places).map((id) => `/story/${id}`)));
  },
};

import type { Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';
import type { Appearance } from '../src/index';
import '../src/styles.css';
import { StoryPage } from '../stories/StoryPage';
import { appearanceOf, initialGlobals, messagesOf, toolbar, widthOf } from '../stories/toolbar/toolbar';
import '../stories/guide.css';
import './preview.css';
import { afterEach, beforeEach } from './noNetwork';

// Two cores are soon busy: a play function that waits is no measurement.
configure({ asyncUtilTimeout: 10_000 });

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    backgrounds: { disabled: true },
    controls: { expanded: true },
    layout: 'fullscreen',
    options: {
      storySort: {
        order: [
          'Start here',
          'Theme studio',
          'All states',
          'Journeys',
          'Anatomy',
          'Messages',
          'Tokens',
          'States',
          'Failures',
          'KycReuseGate',
          'Headless',
        ],
      },
    },
  },
  globalTypes: toolbar,
  initialGlobals,
  decorators: [
    (Story, { globals, args, parameters }) => {
      const chosen = appearanceOf(globals);
      const own = args.appearance as Appearance | undefined;
      const appearance = { ...chosen, ...own, variables: { ...chosen.variables, ...own?.variables } };
      return (
        <StoryPage
          baseTheme={appearance.baseTheme}
          width={widthOf(globals)}
          isStill={globals.motion === 'reduced'}
          isGuide={parameters.guide === true}
        >
          {Story({
            args: { ...args, appearance, messages: (args.messages as object | undefined) ?? messagesOf(globals) },
          })}
        </StoryPage>
      );
    },
  ],
  beforeEach,
  afterEach,
};

export default preview;

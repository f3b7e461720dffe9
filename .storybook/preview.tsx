import type { Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';
import type { Appearance } from '../src/index';
import '../src/styles.css';
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
    options: { storySort: { order: ['KycReuseGate', 'All states', 'States', 'Failures', 'Journeys', 'Headless'] } },
  },
  globalTypes: {
    theme: {
      description: 'baseTheme of the gate, and the page around it',
      toolbar: {
        title: 'Theme',
        icon: 'circlehollow',
        items: [
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
          { value: 'contrast', title: 'High contrast', icon: 'contrast' },
          { value: 'vivid', title: 'Vivid brand', icon: 'paintbrush' },
        ],
        dynamicTitle: true,
      },
    },
    answerMs: {
      description: 'How long each answer of the fake backend takes, in the live stories',
      toolbar: {
        title: 'Backend',
        icon: 'timer',
        items: [
          { value: '0', title: 'Instant' },
          { value: '300', title: 'Usual' },
          { value: '2000', title: 'Slow' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'light', answerMs: '300' },
  decorators: [
    (Story, { globals, args }) => {
      const baseTheme = globals.theme as Appearance['baseTheme'];
      return (
        <div className="story-page" style={{ colorScheme: baseTheme === 'dark' || baseTheme === 'vivid' ? 'dark' : 'light' }}>
          {Story({ args: { ...args, appearance: { baseTheme, ...(args.appearance as Appearance | undefined) } } })}
        </div>
      );
    },
  ],
  beforeEach,
  afterEach,
};

export default preview;

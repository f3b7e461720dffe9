import type { Meta, StoryObj } from '@storybook/react-vite';
import { messagesOf } from '../toolbar/toolbar';
import { ThemeStudio } from './ThemeStudio';

const meta = {
  title: 'Theme studio',
  tags: ['!autodocs'],
  parameters: { guide: true },
  render: (_, { globals }) => <ThemeStudio messages={messagesOf(globals)} isStill={globals.motion === 'reduced'} />,
} satisfies Meta;

export default meta;

export const Studio: StoryObj = { name: 'Theme studio' };

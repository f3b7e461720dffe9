import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

/** Pages to read and to pick on; the panel under the stories says nothing of them. */
const pages = ['start-here', 'theme-studio', 'all-states', 'anatomy', 'messages', 'tokens'];

addons.setConfig({
  theme: create({ base: 'light', brandTitle: 'KYC reuse gate', brandTarget: '_self', colorSecondary: '#3538cd' }),
  layoutCustomisations: {
    showPanel: ({ storyId }, byDefault) => (pages.some((page) => storyId.startsWith(`${page}--`)) ? false : byDefault),
  },
});

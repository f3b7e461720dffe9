import type { Page } from 'playwright-core';

interface Spoilt {
  /** Where it must be seen, and nowhere else. */
  readonly screen: string;
  readonly spoil: (page: Page) => Promise<unknown>;
}

const button = '[data-screen=consent] [data-kyc-part=button]';
const styled = (screen: string, content: string): Spoilt => ({
  screen,
  spoil: (page) => page.addStyleTag({ content }),
});

/** Changes too small for a glance, each of which the comparison must see, or it proves nothing. */
export const spoilt: Readonly<Record<string, Spoilt>> = {
  'a button one pixel to the side': styled('consent', `${button} { translate: 1px }`),
  'a button half a pixel lower': styled('consent', `${button} { translate: 0 0.5px }`),
  'a button of another shade': styled('consent', `${button} { background: #3a3dd0 }`),
  'corners one pixel rounder': styled(
    'declined',
    '[data-screen=declined] [data-kyc-part=button] { border-radius: 10px }',
  ),
  'a line a few steps lighter': styled(
    'withdrawUnavailable',
    '[data-screen=withdrawUnavailable] [data-kyc-part=secondaryButton] { border-color: #838486 }',
  ),
  'one letter': {
    screen: 'processing',
    spoil: (page) =>
      page
        .locator('[data-screen=processing] [data-kyc-part=description]')
        .evaluate((it) => (it.textContent = it.textContent.replace('few', 'fev'))),
  },
};

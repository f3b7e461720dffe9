import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const files = join(import.meta.dirname, '..', '..', '..', 'node_modules', '@fontsource', 'inter', 'files');

/** Has the page know the font `Inter`, for measures that must not depend on the fonts of the machine. */
export async function addInter(page: Page): Promise<void> {
  for (const weight of [400, 600, 700]) {
    const font = await readFile(join(files, `inter-latin-${weight}-normal.woff2`), 'base64');
    await page.addStyleTag({
      content: `@font-face { font-family: Inter; font-weight: ${weight}; src: url(data:font/woff2;base64,${font}) }`,
    });
  }
}

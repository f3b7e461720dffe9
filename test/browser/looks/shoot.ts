import type { Page } from 'playwright-core';
import { still } from './still';

/** A picture of the page once it is still. */
export async function shoot(page: Page): Promise<Buffer> {
  await still(page);
  return page.screenshot({ animations: 'allow', caret: 'initial' });
}

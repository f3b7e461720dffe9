import type { Page } from 'playwright-core';

/** A picture of the page as it is once everything has appeared, with endless moves held in their middle. Nothing is put into the page for it, so that no policy minds. */
export async function shoot(page: Page): Promise<Buffer> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
      else {
        animation.pause();
        animation.currentTime = 800;
      }
    }
  });
  return page.screenshot({ animations: 'allow', caret: 'initial' });
}

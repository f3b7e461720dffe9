import type { Page } from 'playwright-core';

/** Brings everything that appears to its end, and holds endless moves in their middle. Nothing is put into the page for it, so that no policy minds. */
export async function still(page: Page): Promise<void> {
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
}

// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { isPageYoung } from '../../src/client/page';
import { pageHasNoTimeline, pageIs, pageIsPrerendering } from './pageOfAge';

describe('a page', () => {
  it.each([
    ['that was loaded a moment ago', () => pageIs(500), true],
    ['that was reloaded a moment ago', () => pageIs(500, 'reload'), true],
    ['that has no timeline', () => (pageIs(500), pageHasNoTimeline()), true],
    ['that was loaded 15 s ago', () => pageIs(15_000), false],
    ['out of the browser’s history', () => pageIs(500, 'back_forward'), false],
    ['that was rendered in advance and is shown now', () => pageIs(500, 'navigate', 400), false],
    ['that is being rendered in advance', () => (pageIs(500), pageIsPrerendering()), false],
  ])('%s is young, or not', (_, arrive, isYoung) => {
    arrive();
    expect(isPageYoung()).toBe(isYoung);
  });
});

import type { Appearance } from '../../src/index';

/** A theme in the making: what the studio edits, and the toolbar's theme “Yours” shows in every story. */
export type Draft = Pick<Appearance, 'baseTheme' | 'variables'>;

const key = 'kyc-reuse-gate theme studio';

const fresh: Draft = { baseTheme: 'light' };

/** The draft of this browser; the light theme where there is none, or none to be read. */
export function readDraft(): Draft {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return typeof draft === 'object' && draft !== null ? draft : fresh;
  } catch {
    return fresh;
  }
}

/** Keeps the draft for the other stories, and for another day. */
export function saveDraft(draft: Draft): void {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A browser that stores nothing still shows the studio.
  }
}

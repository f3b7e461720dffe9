// First: it says that this is a browser, which TanStack Query asks while loading.
import './virtualPage';
import { createGate } from '../../src/client/gate';
import type { CreateOpenGate } from './playSchedule';

/** Gates without React: the session, listened to as React listens. */
export const coreGates: CreateOpenGate = (page) => (_, gate, initialOptions, strict) => {
  let options = initialOptions;
  const session = createGate(options);
  const isOpen = () =>
    ['ready', 'fallback'].includes(session.getState().status) && !(options.sessionKey && !session.getSessionKey());
  let isHere = true;
  const show = () => {
    if (!isHere) return;
    const state = session.getState();
    page.note({ is: 'shown', gate, state, form: isOpen(), text: JSON.stringify(state) });
  };
  // React looks once the code that told it has ended.
  const onChange = () => queueMicrotask(show);
  show();
  let leave = session.subscribe(onChange);
  if (strict) {
    leave();
    leave = session.subscribe(onChange);
  }
  session.update(options);
  return {
    state: session.getState,
    isOpen,
    update(next) {
      options = next;
      session.update(next);
    },
    click(button) {
      if (button === 'fallback') session.chooseFallback();
      else session[button]();
    },
    async blink() {
      leave();
      await page.settle();
      leave = session.subscribe(onChange);
      show();
    },
    leave() {
      isHere = false;
      leave();
    },
  };
};

// First: it says that this is a browser, which TanStack Query asks while loading.
import './virtualPage';
import * as engineModule from '../../src/client/createGateEngine';
import { createGateSession } from '../../src/client/createGateSession';
import type { EngineSource } from '../../src/client/EngineSource';
import type { CreateOpenGate } from './playSchedule';

/** Gates without React: the session, listened to as React listens. */
export const coreGates: CreateOpenGate = (page, schedule) => {
  let failures = schedule.engine.failures;
  const source: EngineSource = {
    load: async () => {
      await page.sleep(schedule.engine.ms);
      if (failures-- > 0) throw new Error('chunk');
      page.note({ is: 'engine' });
      return engineModule;
    },
  };
  return (_, gate, initialOptions, strict) => {
    let options = initialOptions;
    const session = createGateSession(source, options);
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
};

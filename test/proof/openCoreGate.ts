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
      return engineModule;
    },
  };
  return (_, gate, initialOptions, strict) => {
    let options = initialOptions;
    const session = createGateSession(source, options);
    const show = () => {
      const state = session.getState();
      const isOpen = state.status === 'ready' || state.status === 'fallback';
      const form = isOpen && !(options.sessionKey && !session.getSessionKey());
      page.note({ is: 'shown', gate, state, form, text: JSON.stringify(state) });
    };
    show();
    let leave = session.subscribe(show);
    if (strict) {
      leave();
      leave = session.subscribe(show);
    }
    session.update(options);
    return {
      state: session.getState,
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
        leave = session.subscribe(show);
        show();
      },
      leave: () => leave(),
    };
  };
};

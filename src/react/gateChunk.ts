/** What loads beside the first read: the engine, and the words and parts that can only be needed after it. */
import { createGateEngine as createEngine } from '../client/createGateEngine';
import { reviveStyles } from './reviveStyles';

export { en } from './en';
export { screenOf } from './screenOf';
export { GateTime } from './GateTime';

/** Comes after the gate's first commit: what a server rendered is the page's own by then. */
export const createGateEngine: typeof createEngine = (...args) => {
  reviveStyles();
  return createEngine(...args);
};

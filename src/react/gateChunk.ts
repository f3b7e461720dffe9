/** What loads beside the first read: the engine, and the words and parts that can only be needed after it. */
export { createGateEngine } from '../client/createGateEngine';
export { en } from './en';
export { screenOf } from './screenOf';
export { GateTime } from './GateTime';

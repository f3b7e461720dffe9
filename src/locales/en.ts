/** English, the gate's default, for pages that switch languages. */
export { en } from '../react/en';

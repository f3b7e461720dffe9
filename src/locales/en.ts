/** English, the gate's default: for pages that choose among languages. */
export { en } from '../react/en';

import { pollingSection } from './pollingSection';

/** Prints the section; `npm run bench` writes it. */
console.log(pollingSection());

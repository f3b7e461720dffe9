import { measureOwnSizes } from './ownSizes';

/** Holds what is shipped against its budgets. Run `npm run build` first. */
let tooLarge = 0;
for (const { name, bytes, budget } of await measureOwnSizes()) {
  const isTooLarge = budget !== undefined && bytes > budget;
  if (isTooLarge) tooLarge++;
  const limit = budget === undefined ? '' : ` of ${budget} B`;
  console.log(`${name.padEnd(40)} ${String(bytes).padStart(6)} B${limit}${isTooLarge ? '   TOO LARGE' : ''}`);
}
if (tooLarge > 0) process.exitCode = 1;

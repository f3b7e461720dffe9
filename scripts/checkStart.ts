import { spawn } from 'node:child_process';

/** Starts the demo as the README says, waits until its page answers, and ends it as Ctrl-C does. */
const url = 'http://localhost:5173/';
const demo = spawn('npm', ['start'], { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
const ended = new Promise<void>((resolve) => demo.once('exit', () => resolve()));
let hasEnded = false;
void ended.then(() => (hasEnded = true));

try {
  const page = await firstAnswer(60_000);
  if (!/<script[^>]+type="module"/.test(page))
    throw new Error(`${url} answered something that is not the demo's page.`);
  console.log(`${url} serves the demo.`);
} finally {
  // The whole group, as a terminal's Ctrl-C does.
  if (demo.pid !== undefined && !hasEnded) process.kill(-demo.pid, 'SIGINT');
}
await Promise.race([
  ended,
  new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('Ctrl-C did not end the demo within 10 s.')), 10_000).unref(),
  ),
]);
const isLeft = await fetch(url).then(
  () => true,
  () => false,
);
if (isLeft) throw new Error('Something still answers after Ctrl-C.');
console.log('Ctrl-C ended it.');

async function firstAnswer(timeoutMs: number): Promise<string> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    if (hasEnded) throw new Error('`npm start` ended by itself.');
    try {
      return await (await fetch(url)).text();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  throw new Error(`${url} did not answer within ${timeoutMs / 1000} s.`);
}

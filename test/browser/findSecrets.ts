import type { Secrets } from './watchSecrets';

/**
 * Where the design itself puts a secret: Coinflow's own component hands the session key over in the address of its frame. The browser repeats that in its timeline and,
 * where the frame does not load, beside the line in the developer's console that says so.
 */
const meant: Readonly<Record<string, readonly string[]>> = {
  'session key': ['frame address', 'frame entry', 'a console line’s address'],
  'share token': [],
};

/** Names every secret that lies where it should not, without repeating it: `share token in localStorage`. */
export function findSecrets(traces: Readonly<Record<string, string>>, secrets: Secrets): string[] {
  return Object.entries(traces).flatMap(([place, text]) =>
    [...secrets]
      .filter(([secret, kind]) => !meant[kind]?.includes(place) && holds(text, secret))
      .map(([, kind]) => `${kind} in ${place}`),
  );
}

function holds(text: string, secret: string): boolean {
  return [secret, encodeURIComponent(secret), btoa(secret)].some((form) => text.includes(form));
}

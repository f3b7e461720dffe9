/** Who is signed in, as the merchant's own session says: the kit and the hand-written proxy read the same cookie. */
export function signedIn(cookie: string | null | undefined): { userId: string; email: string; country: string } | null {
  const userId = /(?:^|; )session=([^;]+)/.exec(cookie ?? '')?.[1];
  return userId === undefined ? null : { userId, email: `${userId}@example.com`, country: 'US' };
}

/** What a page of that user sends with every request. */
export function sessionOf(userId: string): Record<string, string> {
  return { cookie: `session=${userId}`, accept: 'application/json', 'sec-fetch-site': 'same-origin' };
}

/** The endpoint's path for a user. */
export function pathOf(userId: string): string {
  return `/api/kyc?subject=${userId}`;
}

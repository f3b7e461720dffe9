/** The flaky network loses every third request; a merchant's own code would ask again as well. */
const attempts = 3;

/**
 * What a merchant would write without the gate: have the verification registered where there is no record, and open the form meanwhile.
 * Called from the click, since an effect would register twice in StrictMode.
 *
 * @returns the session key for the form
 */
export async function withdrawWithoutGate(userId: string): Promise<string> {
  const url = `/api/kyc?subject=${encodeURIComponent(userId)}`;
  void register(url);
  const response = await ask(`${url}&session=1`);
  if (!response.ok) throw new Error(`No session key (${response.status}).`);
  return ((await response.json()) as { sessionKey: string }).sessionKey;
}

async function register(url: string): Promise<void> {
  const response = await ask(url);
  const { withdrawer } = (await response.json()) as { withdrawer: unknown };
  if (withdrawer !== null) return;
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
}

async function ask(url: string, left = attempts): Promise<Response> {
  const response = await fetch(url).catch(() => Response.error());
  return (response.status === 0 || response.status >= 500) && left > 1 ? ask(url, left - 1) : response;
}

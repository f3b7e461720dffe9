/** Asks the demo's own backend. @throws {Error} no answer, or not a good one */
export async function askDemo<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/api/demo/${path}`, {
    ...(body !== undefined && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw new Error(`The demo's backend answered ${response.status} to ${path}.`);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

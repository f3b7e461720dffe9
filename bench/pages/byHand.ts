import { isReturning } from './visitor';

/** What a merchant writes after Coinflow's guide: share the verification, then ask until the record exists. */
export async function shareVerification(): Promise<void> {
  if (!isReturning) await fetch(__ENDPOINT__, { method: 'POST' });
  while (!(await hasRecord())) await new Promise((resolve) => setTimeout(resolve, 1_000));
}

/** 451: the record exists, and Coinflow's form asks for what is missing. */
async function hasRecord(): Promise<boolean> {
  const { status } = await fetch(__ENDPOINT__);
  return status === 200 || status === 451;
}

export async function fetchSessionKey(): Promise<string> {
  const response = await fetch(`${__ENDPOINT__}?session=1`);
  return ((await response.json()) as { sessionKey: string }).sessionKey;
}

import { createHmac } from 'node:crypto';
import { keys } from './simulatorKeys';

/** Asks Sumsub for a share token: signed, as its API reference says. */
export function sumsubRequest(url: string, applicantId: string): Request {
  const path = '/resources/accessTokens/shareToken';
  const body = JSON.stringify({ applicantId, forClientId: keys.sumsubClientId, ttlInSecs: 600 });
  const seconds = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', keys.sumsubSecretKey).update(`${seconds}POST${path}${body}`).digest('hex');
  return new Request(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-app-token': keys.sumsubAppToken,
      'x-app-access-ts': seconds,
      'x-app-access-sig': signature,
    },
    body,
  });
}

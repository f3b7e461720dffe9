/**
 * Everything the library tells developers, one row each: the cause, then what to do. `%s` takes a detail.
 * Production builds drop the table; there the key and the detail stand for the text.
 */
const explanations = {
  endpointEmpty: '`endpoint` is empty. Pass the URL your KYC reuse handler is mounted at, for example "/api/kyc".',
  subjectEmpty: '`subject` is empty. Pass your id of the signed-in user, and render the gate only once you know it.',
  initialRecordOdd:
    '`initialRecord.record` is not a trimmed record, and was ignored. Pass what `readInitialRecord` of the kit gives.',
  endpointNotWeb: '`endpoint` is not a web address: %s. Pass "/api/kyc" or "https://…".',
  fetchNotFunction: '`request.fetch` is not a function.',
  contentTwice: '`withdraw` and `children` are both given. Pass one of them.',
  contentMissing: '`withdraw` and `children` are both missing. Pass one of them.',
  merchantIdEmpty: '`withdraw.merchantId` is empty. Pass your merchant id from the Coinflow dashboard.',
  envUnknown: '`withdraw.env` is %s; Coinflow knows prod, staging, staging-live, sandbox and local.',
  walletNotSubject:
    'The form opens as a wallet whose address is not `subject`. If your backend registers this user by id, Coinflow will not find the record and asks to verify again: then leave `wallet` and `blockchain` out, or pass a `sessionKey` of that user. If it registers by wallet, pass the address as `subject`.',
  walletIncomplete:
    '`withdraw` has a `wallet` and no `blockchain`. Pass both for a user registered by wallet, neither for a user registered by id.',
  answered: 'The endpoint answered %s.',
  malformed:
    'The endpoint answered %s, which is not the contract. Expected JSON: 200 {"withdrawer":{"verification":{"status":"approved"}}}, or 404 {} while there is no record. ' +
    'A page in place of JSON often means a login redirect or a wrong route.',
  misconfigured:
    'The endpoint answered %s. Check the `endpoint` prop: it must be the URL your KYC handler is mounted at, without a redirect, and accept GET and POST. A 422 is the kit’s own: its body and its `onError` say what it did not expect.',
  sessionKeyMissing:
    'The endpoint answered `session=1` with 200, but without { "sessionKey": "…" }. Answer it with a Coinflow session key of the same user (GET /auth/session-key), as the kit does.',
  tooManyReads:
    'The gates of this subject asked for its record 9 times in 10 s, and wait: Coinflow allows 10. Are there many gates, or very short `polling` intervals?',
  engineMissing:
    'A part of this library (createGateEngine) could not be loaded. Is it deployed with the page, and is the page of an older build still open?',
  offline: 'The browser is offline.',
  unreachable:
    'The endpoint gave no answer (%s). Is the backend up, and, cross-origin, is this origin allowed? Or did `request.headers` or `request.fetch` throw?',
  shareTokenThrew: 'The `shareToken` function threw, rejected, or gave nothing within 30 s.',
  shareTokenOdd:
    '`shareToken` is not a share token. Pass { vendor: "persona", shareToken, email? } or { vendor: "sumsub", shareToken, country?, email? }, or a function that gives one; Persona takes no country.',
  tokenSentBefore:
    'The share token was sent before and may be used up. Pass a new `shareToken`, or a function that mints one, or let the backend mint it.',
  withdrawUnavailable:
    "Coinflow's component could not be loaded (%s). Install what it needs: npm install @coinflowlabs/react@5 @solana/web3.js@1 bs58@5",
  frameBlocked: "The page's Content-Security-Policy blocks Coinflow's frame. Add to the policy: frame-src %s",
  keptBack:
    '`withdraw.%s` changed while the form is open. It is kept back, since the form would reload; call `reload()` to apply it.',
  renderFailed: 'The form or the `children` of the gate threw while rendering; the error is in the console.',
} as const satisfies Record<string, string>;

/** Key of a row. */
export type Explanation = keyof typeof explanations;

/** The text of a row, for a failure's `message` or a development warning. */
export function explain(key: Explanation, detail = ''): string {
  return process.env.NODE_ENV === 'production' ? `${key} ${detail}` : explanations[key].replace('%s', () => detail);
}

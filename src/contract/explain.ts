/**
 * Every message for developers, one row each: the cause, then the fix. `%s` stands for a detail.
 * Production builds drop the table: there, the text is just the key and the detail.
 */
const explanations = {
  endpointEmpty: '`endpoint` is empty. Pass the URL your KYC handler is mounted at, for example "/api/kyc".',
  subjectEmpty: '`subject` is empty. Pass your id of the signed-in user, or `null` while you don’t know it yet.',
  initialRecordOdd:
    '`initialRecord.record` is not a trimmed record and was ignored. Pass what `kyc.readInitialRecord(user)` returns.',
  endpointNotWeb: '`endpoint` is not a web address: %s. Pass a path like "/api/kyc" or a URL like "https://…".',
  fetchNotFunction: '`request.fetch` is not a function. Pass one that works like `fetch`, or leave it out.',
  contentTwice:
    '`withdraw` and `children` are both given. Pass `withdraw` for Coinflow’s form, or `children` for your own payout UI.',
  contentMissing:
    '`withdraw` and `children` are both missing. Pass `withdraw` for Coinflow’s form, or `children` for your own payout UI.',
  merchantIdEmpty: '`withdraw.merchantId` is empty. Pass your merchant id from the Coinflow dashboard.',
  envUnknown: '`withdraw.env` is %s. Pass prod, staging, staging-live, sandbox or local.',
  walletNotSubject:
    'The wallet’s address is not `subject`, so Coinflow may not find the record and ask the user to verify again. If your backend registers this user by wallet, pass the address as `subject`. If it registers by id, leave out `wallet` and `blockchain`, or pass a `sessionKey` of that user.',
  walletIncomplete:
    '`withdraw` has a `wallet` and no `blockchain`. Pass both for a user registered by wallet, or neither for a user registered by id.',
  walletWithoutWeb3:
    '`withdraw` has a `wallet`, but this build replaces @solana/web3.js with kyc-reuse-gate/no-web3, which is only for users known by id. Remove that alias from your bundler configuration, or leave out `wallet` and `blockchain`.',
  answered: 'The endpoint answered %s.',
  malformed:
    'The endpoint answered %s, which does not follow the contract. Expected JSON: 200 {"withdrawer":{"verification":{"status":"approved"}}}, or 200 {"withdrawer":null} while there is no record. ' +
    'An HTML page instead of JSON often means a login redirect or a wrong route.',
  misconfigured:
    'The endpoint answered %s. Check the `endpoint` prop: your KYC handler must be mounted at exactly this URL, without a redirect, and accept GET and POST. A 422 comes from the kit: its body and its `onError` name the problem.',
  sessionKeyMissing:
    'The endpoint answered `session=1` with 200, but without { "sessionKey": "…" }. Answer with a Coinflow session key of the same user (GET /auth/session-key), as the kit does.',
  tooManyReads:
    'The gates of this subject read its record 8 times in 5 s and now pause, because Coinflow allows 10 reads in 10 s. Check for many gates, frequent remounts, or repeated calls of `recheck()`.',
  offline: 'The browser is offline.',
  unreachable:
    'The endpoint gave no answer (%s). Check that the backend is up, that a cross-origin endpoint allows this origin, and that `request.headers` and `request.fetch` do not throw.',
  shareTokenThrew:
    'The `shareToken` function threw, rejected, or returned nothing within 30 s. To name the reason, throw a `GateError`.',
  shareTokenOdd:
    '`shareToken` is not a share token. Pass { vendor: "persona", shareToken, email? } or { vendor: "sumsub", shareToken, country?, email? }, or a function that returns one.',
  tokenSentBefore:
    'The share token was already sent and may be used up. Pass a new `shareToken`, pass a function that fetches one, or let the backend mint it.',
  withdrawUnavailable:
    "Coinflow's component could not be loaded (%s). Check that its packages are installed: npm install @coinflowlabs/react@5 @solana/web3.js@1 bs58@5",
  frameBlocked: "The page's Content-Security-Policy blocks Coinflow's frame. Add to the policy: frame-src %s",
  keptBack:
    '`withdraw.%s` changed while the form is open. The form keeps the old value, because a new one would reload it. Call `reload()` on the gate’s ref to apply the change.',
  renderFailed: 'The form or the `children` of the gate threw while rendering. See the error in the console.',
} as const satisfies Record<string, string>;

/** Key of a message, one per row. */
export type Explanation = keyof typeof explanations;

/** Returns the text of a row, for a failure's `message` or a development warning. */
export function explain(key: Explanation, detail = ''): string {
  return process.env.NODE_ENV === 'production' ? `${key} ${detail}` : explanations[key].replace('%s', () => detail);
}

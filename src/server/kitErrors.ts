interface KitErrorRow {
  readonly httpStatus: number;
  /** The share token certainly did not reach Coinflow, or was certainly not used: the browser may send again. */
  readonly notSent: boolean;
  /** What the browser is told, and what a log line says. For developers; the gate shows its own words. */
  readonly message: string;
}

/**
 * The one table of the kit's own answers that are not a record. Codes that the browser knows have the browser's name for them.
 *
 * The statuses follow what the gate does with them: 401 and 403 stop it, a JSON 404 means "no record yet", a 400 means that the token was refused, 5xx is tried again, and
 * any other 4xx is a wrong setup. So an upstream's own 401 or 404 never leaves the kit as one.
 */
export const kitErrors = {
  absent: { httpStatus: 404, notSent: false, message: 'No withdrawer associated with this user yet.' },
  unauthenticated: {
    httpStatus: 401,
    notSent: true,
    message: '`authenticate` found no signed-in user in this request.',
  },
  forbidden: { httpStatus: 403, notSent: true, message: 'This user may not do this.' },
  crossSite: {
    httpStatus: 403,
    notSent: true,
    message: 'A request from another site was refused. Add its origin to `allowedOrigins` if it is yours.',
  },
  subjectMismatch: {
    httpStatus: 409,
    notSent: true,
    message: 'The gate’s `subject` is not the signed-in user. Pass the same id that `authenticate` gives.',
  },
  tokenRefused: {
    httpStatus: 400,
    notSent: false,
    message: 'Coinflow refused the share token: the applicant is not approved, or the token was used or has expired.',
  },
  noShareableVerification: {
    httpStatus: 409,
    notSent: true,
    message: 'The user has no completed inquiry or applicant to share.',
  },
  tokenUnavailable: { httpStatus: 502, notSent: true, message: 'The vendor gave no share token.' },
  rateLimited: { httpStatus: 429, notSent: true, message: 'Coinflow’s rate limit was reached.' },
  badRequest: { httpStatus: 422, notSent: true, message: 'The request is not what the gate sends.' },
  methodNotAllowed: { httpStatus: 405, notSent: true, message: 'Only GET, POST and OPTIONS are answered here.' },
  bodyTooLarge: { httpStatus: 413, notSent: true, message: 'The request body is longer than 64 kB.' },
  unsupportedMediaType: { httpStatus: 415, notSent: true, message: 'POST needs the content type application/json.' },
  upstreamAuth: {
    httpStatus: 502,
    notSent: true,
    message: 'Coinflow refused the API key. Check `coinflow.apiKey` and `coinflow.env`.',
  },
  upstreamUnreachable: { httpStatus: 502, notSent: false, message: 'Coinflow could not be reached.' },
  upstreamTimeout: { httpStatus: 504, notSent: false, message: 'Coinflow did not answer in time.' },
  upstreamMalformed: {
    httpStatus: 502,
    notSent: false,
    message:
      'Coinflow answered something that is not a withdrawer. Check `coinflow.baseUrl`, if you set it: it must end in /api.',
  },
  upstreamFailed: { httpStatus: 502, notSent: false, message: 'Coinflow could not answer.' },
  internal: { httpStatus: 500, notSent: true, message: 'The handler failed before anything was sent.' },
} as const satisfies Record<string, KitErrorRow>;

/** Code of a kit error, one per row of {@link kitErrors}. */
export type KitErrorCode = keyof typeof kitErrors;

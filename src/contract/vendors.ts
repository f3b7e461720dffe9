/**
 * Vendors whose share tokens Coinflow accepts.
 *
 * Source: Coinflow, `POST /withdraw/kyc/share-token`, `KycShareTokenBody`.
 */
export const vendors = ['persona', 'sumsub', 'sumsub_docv'] as const;

/** One of {@link vendors}. */
export type Vendor = (typeof vendors)[number];

/** Everything a registration needs besides the user: the body for Coinflow's share-token endpoint. */
export type ShareToken =
  | {
      readonly vendor: 'persona';
      /** Opaque, single-use. The `data.id` of a Persona Connect share token (`cnst_…`). */
      readonly shareToken: string;
      /** The user's e-mail address. Coinflow requires it for every vendor. */
      readonly email: string;
    }
  | {
      readonly vendor: 'sumsub' | 'sumsub_docv';
      /** Opaque, at most 1 KB, invalidated by Sumsub after use. */
      readonly shareToken: string;
      readonly email: string;
      /** The user's country, ISO 3166-1 alpha-2. Coinflow requires it for Sumsub; it isn't sent for Persona. */
      readonly country: string;
    };

/**
 * Whether a value has everything Coinflow's endpoint requires: a merchant's own function may return anything. It may
 * hold more than that.
 */
export function isShareToken(value: unknown): value is ShareToken {
  const { vendor, shareToken, email, country } = (value ?? {}) as Record<string, unknown>;
  const isText = (text: unknown) => typeof text === 'string' && text !== '';
  return (
    vendors.some((known) => known === vendor) &&
    isText(shareToken) &&
    isText(email) &&
    (vendor === 'persona' || isText(country))
  );
}

/**
 * A share token held by the browser. Leave `email` and `country` to the backend's `authenticate`: the kit uses these only
 * if it is set to (`browserTokens.acceptContact`), and only where `authenticate` returns none.
 */
export type BrowserToken =
  | { readonly vendor: 'persona'; readonly shareToken: string; readonly email?: string; readonly country?: never }
  | {
      readonly vendor: 'sumsub' | 'sumsub_docv';
      readonly shareToken: string;
      readonly email?: string;
      readonly country?: string;
    };

/**
 * Whether a value is a {@link BrowserToken}: JavaScript callers, and functions that wrap
 * another API, may return anything.
 */
export function isBrowserToken(value: unknown): value is BrowserToken {
  const { vendor, shareToken } = (value ?? {}) as Record<string, unknown>;
  return vendors.some((known) => known === vendor) && typeof shareToken === 'string' && shareToken !== '';
}

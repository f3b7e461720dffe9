/**
 * Vendors whose share tokens Coinflow accepts.
 *
 * Source: Coinflow, `POST /withdraw/kyc/share-token`, `KycShareTokenBody`.
 */
export const vendors = ['persona', 'sumsub', 'sumsub_docv'] as const;

/** One of {@link vendors}. */
export type Vendor = (typeof vendors)[number];

/** Everything a registration needs besides the user: what goes to Coinflow's share-token endpoint. */
export type ShareToken =
  | {
      readonly vendor: 'persona';
      /** Opaque; single-use. Persona: the `data.id` of a Connect share token (`cnst_…`). */
      readonly shareToken: string;
      /** E-mail address of the user. Required by Coinflow for every vendor. */
      readonly email: string;
    }
  | {
      readonly vendor: 'sumsub' | 'sumsub_docv';
      /** Opaque; at most 1 KB; invalidated by Sumsub after use. */
      readonly shareToken: string;
      readonly email: string;
      /** ISO 3166-1 alpha-2 country of the user. Required by Coinflow for Sumsub, not sent for Persona. */
      readonly country: string;
    };

/** Whether a value has all that Coinflow's endpoint insists on: a merchant's own function may give anything. */
export function isShareToken(value: unknown): value is ShareToken {
  const { vendor, shareToken, email, country } = (value ?? {}) as Record<string, unknown>;
  const isText = (text: unknown) => typeof text === 'string' && text !== '';
  return (
    vendors.some((known) => known === vendor) &&
    isText(shareToken) &&
    isText(email) &&
    (vendor === 'persona' ? country === undefined : isText(country))
  );
}

/** A share token that the browser holds. E-mail address and country may be left to the backend's `authenticate`, whose word wins anyway. */
export type BrowserToken =
  | { readonly vendor: 'persona'; readonly shareToken: string; readonly email?: string; readonly country?: never }
  | {
      readonly vendor: 'sumsub' | 'sumsub_docv';
      readonly shareToken: string;
      readonly email?: string;
      readonly country?: string;
    };

/** Whether a value is a {@link BrowserToken}: JavaScript callers, and functions that answer for somebody else's API, may give anything. */
export function isBrowserToken(value: unknown): value is BrowserToken {
  const { vendor, shareToken, country } = (value ?? {}) as Record<string, unknown>;
  return (
    vendors.some((known) => known === vendor) &&
    typeof shareToken === 'string' &&
    shareToken !== '' &&
    !(vendor === 'persona' && country !== undefined)
  );
}

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

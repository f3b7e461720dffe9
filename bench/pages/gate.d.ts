/** The gate as this tree has it; see `features.ts`. */
declare module 'virtual:bench-gate' {
  export { KycReuseGate } from 'kyc-reuse-gate';
  /** Where this tree has none, rows that need it are left out. */
  export const prefetchKycReuse:
    | ((options: {
        readonly endpoint: string;
        readonly subject: string;
        readonly withdraw: { readonly merchantId: string; readonly env: 'local' };
      }) => unknown)
    | undefined;
}

/** Set by the build, one value a row, so that a page holds only the code of its own row. */
declare const __ENDPOINT__: string;
declare const __IS_PREFETCHED__: boolean;
declare const __IS_RECORD_GIVEN__: boolean;

interface Window {
  /** What the server read while it rendered the page. */
  readonly initialRecord?: import('kyc-reuse-gate').InitialRecord | null;
  /** What the limit's inline script has asked for. */
  readonly early?: { readonly record: Promise<unknown>; readonly sessionKey: Promise<string> };
}

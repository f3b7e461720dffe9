/** A way to the form, and the page and backend it is measured with. */
export interface Row {
  readonly title: string;
  /** Folder in `pages`. */
  readonly page: 'guide' | 'lazy' | 'gate' | 'limit';
  readonly backend: 'plain' | 'kit' | 'limit';
  /** `@solana/web3.js` is left out of the page's code. */
  readonly withoutWeb3?: true;
  /** The gate comes 1 s after `prefetchKycReuse`. */
  readonly isPrefetched?: true;
  /** The server reads while it renders the page, and says what it found, be it nothing. */
  readonly isRecordGiven?: true;
}

/** Every way that is measured, in the order of the table. */
export const rows = {
  guide: { title: "Guide's way", page: 'guide', backend: 'plain' },
  lazy: { title: 'Lazy way', page: 'lazy', backend: 'plain' },
  plain: { title: 'Gate, plain backend', page: 'gate', backend: 'plain' },
  kit: { title: 'Gate, kit', page: 'gate', backend: 'kit' },
  'kit-no-web3': { title: 'Gate, kit, no-web3', page: 'gate', backend: 'kit', withoutWeb3: true },
  prefetch: { title: 'Gate, kit, prefetched', page: 'gate', backend: 'kit', isPrefetched: true },
  'prefetch-no-web3': {
    title: 'Gate, kit, prefetched, no-web3',
    page: 'gate',
    backend: 'kit',
    isPrefetched: true,
    withoutWeb3: true,
  },
  'record-no-web3': {
    title: 'Gate, kit, server-read record, no-web3',
    page: 'gate',
    backend: 'kit',
    isRecordGiven: true,
    withoutWeb3: true,
  },
  limit: { title: 'Limit', page: 'limit', backend: 'limit', withoutWeb3: true },
} as const satisfies Record<string, Row>;

/** Name of a row. */
export type RowName = keyof typeof rows;

/** In the order of {@link rows}. */
export const rowNames = Object.keys(rows) as readonly RowName[];

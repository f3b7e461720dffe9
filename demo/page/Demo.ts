/** What the backend says of itself. */
export interface Demo {
  readonly mode: 'simulator' | 'live';
  readonly env: 'local' | 'sandbox' | 'staging' | 'staging-live';
  readonly merchantId: string;
  /** Name → what happens. Only on the simulator. */
  readonly scenarios?: Readonly<Record<string, string>>;
}

/** What the visitor has chosen in the panel. */
export interface Choices {
  readonly scenario: string;
  readonly vendor: 'persona' | 'sumsub';
  readonly speed: 'normal' | 'slow' | 'flaky';
  readonly theme: 'system' | 'light' | 'dark';
  readonly gated: boolean;
}

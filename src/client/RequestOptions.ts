/** How the browser asks the endpoint. */
export interface RequestOptions {
  /** Extra headers, or a function that gives them, for example with a bearer token of your own session. Called for every request. */
  readonly headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
  /** As in `fetch`. A cross-origin endpoint with cookies needs `'include'`. @default 'same-origin' */
  readonly credentials?: RequestCredentials;
  /** Used instead of the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

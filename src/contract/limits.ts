/** Longest body the kit accepts from a browser, in bytes. A share token is at most 1 KB. */
export const maxRequestBytes = 64 * 1024;

/** Longest body the browser accepts from the endpoint, in bytes. A trimmed record is far below 2 KB. */
export const maxAnswerBytes = 256 * 1024;

/**
 * Sets the styles of the gates' parts once more, from their attributes. Under a Content-Security-Policy without inline styles the browser drops those of a server's
 * markup, React takes them for set, and only a script may set them.
 */
export function reviveStyles(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-kyc-part][style]'))
    part.style.cssText = part.getAttribute('style') ?? '';
}

let last = 0;

/** The next number of this page's one count of reads, registrations and clicks. Orders them when clocks cannot. */
export function nextSeq(): number {
  return ++last;
}

/** What the page under watch has seen. */
export interface Counted {
  /** How often a component of the merchant's rendered. */
  merchant: number;
  /** Commits in which something inside the gate rendered, each with the state the gate was in. */
  commits: string[];
  /** How often the gate asked how its root is to look, which it does when it renders; each with the state it was in. */
  renders: string[];
  /** States the gate told of, the first one among them. */
  states: string[];
  /** `src` of the form's frame, each time it was set. */
  sources: (string | null)[];
  /** Sum of the layout shifts so far. */
  shift: number;
}

declare global {
  interface Window {
    counted: Counted;
    /** Renders the shop anew, with fresh objects and functions in every prop. */
    renderAgain: () => void;
  }
}

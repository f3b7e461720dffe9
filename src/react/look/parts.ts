/** The parts of the gate. Each is an element with `data-kyc-part`. */
export interface Parts {
  /** The whole gate, including the form. Carries `data-kyc-gate`, the state's status, and `data-kyc-theme`. */
  readonly root: HTMLDivElement;
  /**
   * What the user sees until the form shows; it covers the form. Carries `data-kyc-mood`: `progress`,
   * `question`, `notice` or `problem`.
   */
  readonly screen: HTMLDivElement;
  /** Holds the content of a screen. */
  readonly card: HTMLDivElement;
  /** Icon for the mood of the screen, in the text's colour. */
  readonly icon: SVGSVGElement;
  /** Holds the title and description of a problem; screen readers announce it at once. */
  readonly alert: HTMLDivElement;
  /** What is going on, in a few words. */
  readonly title: HTMLHeadingElement;
  /** What it means, or what the user can do. */
  readonly description: HTMLParagraphElement;
  /** Bar that moves while the user waits. */
  readonly progress: HTMLDivElement;
  /** List of the steps while the user waits. */
  readonly steps: HTMLOListElement;
  /** One step. Carries `data-kyc-step`: `done`, `current` or `next`. */
  readonly step: HTMLLIElement;
  /** A countdown, or how long the user has waited. */
  readonly time: HTMLParagraphElement;
  /** Outline of the form while its frame loads. */
  readonly skeleton: HTMLDivElement;
  /** Holds the buttons and links. */
  readonly actions: HTMLDivElement;
  /** The main action. */
  readonly button: HTMLButtonElement | HTMLAnchorElement;
  /** A further action. */
  readonly secondaryButton: HTMLButtonElement;
  /** The least important action: support, or leaving. */
  readonly link: HTMLAnchorElement | HTMLButtonElement;
  /** Coinflow's form, in its frame. */
  readonly form: HTMLDivElement;
  /** Shown below a form whose frame stays silent. */
  readonly notice: HTMLParagraphElement;
  /** Tells screen readers what the screen shows; visually hidden. */
  readonly live: HTMLDivElement;
}

/** Parts of the gate, each an element with `data-kyc-part`. */
export interface Parts {
  /** Everything, the form too. Carries `data-kyc-gate`, the state's status, and `data-kyc-theme`. */
  readonly root: HTMLDivElement;
  /** What the user sees until the form shows; covers the form's place. Carries `data-kyc-mood`: `progress`, `question`, `notice` or `problem`. */
  readonly screen: HTMLDivElement;
  /** Holds what a screen says. */
  readonly card: HTMLDivElement;
  /** Drawing of the screen's mood, in the text's colour. */
  readonly icon: SVGSVGElement;
  /** Holds title and description of a problem, which a screen reader says at once. */
  readonly alert: HTMLDivElement;
  /** What happens, in a few words. */
  readonly title: HTMLHeadingElement;
  /** What that means, or what can be done. */
  readonly description: HTMLParagraphElement;
  /** Bar that moves while the user waits. */
  readonly progress: HTMLDivElement;
  /** List of the steps of waiting. */
  readonly steps: HTMLOListElement;
  /** One step. Carries `data-kyc-step`: `done`, `current` or `next`. */
  readonly step: HTMLLIElement;
  /** A countdown, or how long it has taken. */
  readonly time: HTMLParagraphElement;
  /** Stands for the form while its frame loads. */
  readonly skeleton: HTMLDivElement;
  /** Holds what can be done. */
  readonly actions: HTMLDivElement;
  /** The main thing that can be done. */
  readonly button: HTMLButtonElement | HTMLAnchorElement;
  /** A further thing that can be done. */
  readonly secondaryButton: HTMLButtonElement;
  /** The least of what can be done: support, or leaving. */
  readonly link: HTMLAnchorElement | HTMLButtonElement;
  /** Coinflow's form, in its frame. */
  readonly form: HTMLDivElement;
  /** Stands below a form whose frame stays silent. */
  readonly notice: HTMLParagraphElement;
  /** Says to screen readers what the screen shows; not to be seen. */
  readonly live: HTMLDivElement;
}

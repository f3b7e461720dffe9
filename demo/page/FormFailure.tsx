import { Component, type ReactNode } from 'react';

/** Without the gate, somebody has to say it when the form cannot open. */
export class FormFailure extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? (
      <p className="payout-wait" role="alert">
        The form could not open: there was no session key for it.
      </p>
    ) : (
      this.props.children
    );
  }
}

import { Component, type ReactNode } from 'react';

interface FormBoundaryProps {
  readonly onError: () => void;
  readonly children: ReactNode;
}

/** Keeps an error of the form or of `children` from taking the host page down. React itself reports it to the console. */
export class FormBoundary extends Component<FormBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch() {
    this.props.onError();
  }

  override render() {
    return this.state.failed ? null : this.props.children;
  }
}

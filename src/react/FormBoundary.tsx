import { Component, type ReactNode } from 'react';

interface FormBoundaryProps {
  readonly onError?: () => void;
  /** Shown in place of what threw. @default nothing */
  readonly fallback?: ReactNode;
  readonly children: ReactNode;
}

/** Keeps an error of the form, of `children` or of a screen of the merchant's own from taking the host page down. React itself reports it to the console. */
export class FormBoundary extends Component<FormBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch() {
    this.props.onError?.();
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

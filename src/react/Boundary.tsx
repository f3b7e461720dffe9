import { Component, type ReactNode, Suspense } from 'react';

interface BoundaryProps {
  readonly onError?: () => void;
  /** Shown instead of what threw. @default nothing */
  readonly fallback?: ReactNode;
  /** Shown while something inside suspends. */
  readonly loading: ReactNode;
  readonly children: ReactNode;
}

/**
 * Keeps the form, `children` or a custom screen that throws or suspends from taking the host page down or hiding
 * it. React itself logs the errors.
 */
export class Boundary extends Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch() {
    this.props.onError?.();
  }

  override render() {
    if (this.state.failed) return this.props.fallback;
    return <Suspense fallback={this.props.loading}>{this.props.children}</Suspense>;
  }
}

import { render } from '@testing-library/react';
import { KycReuseGate } from '../../src/index';
import { createFakeBackend, type FakeScript } from '../../src/testing';

/** Renders a gate over a scripted backend. Props as a JavaScript caller may write them. */
export function renderGate(script: FakeScript = {}, props: Record<string, unknown> = {}) {
  const backend = createFakeBackend(script);
  const gate = (more: Record<string, unknown> = {}) => (
    <KycReuseGate
      {...{
        endpoint: backend.endpoint,
        request: backend.request,
        subject: 'u1',
        ...(!('children' in props) && { withdraw: { merchantId: 'acme', env: 'local' } }),
        ...props,
        ...more,
      }}
    />
  );
  const { rerender, unmount } = render(gate());
  return { backend, unmount, update: (more: Record<string, unknown>) => rerender(gate(more)) };
}

import type { GateFailure } from './failures';

/** A {@link GateFailure} that can be thrown: by the library, and by your `shareToken` function to say why there is no token. */
export class GateError extends Error {
  override readonly name = 'GateError';

  constructor(readonly failure: GateFailure) {
    super(failure.message);
  }
}

import type { GateState } from '../gate/GateState';
import type { Screen } from './screenOf';

/** The screens that can come before the engine, and with it `screenOf`, has been loaded. */
export function earlyScreenOf(state: GateState): Screen {
  if (state.status === 'failed')
    return { text: state.failure.code, mood: 'problem', actions: state.canRetry ? ['retry'] : [], support: true };
  return state.status === 'ready'
    ? { text: 'opening', mood: 'progress', step: 'open' }
    : { text: 'checking', mood: 'progress', step: 'check' };
}

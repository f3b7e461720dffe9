import type { CSSProperties } from 'react';
import type { GateState } from '../gate/GateState';
import type { Appearance, Part } from './Appearance';
import { callSafely } from './callSafely';

/** Attributes of a part's element. */
export interface PartProps {
  readonly 'data-kyc-part': Part;
  readonly className?: string;
  readonly style?: CSSProperties;
}

/** Gives a part its name and the merchant's look. */
export type LookOf = (part: Part) => PartProps;

export function createLookOf({ elements = {} }: Appearance, state: GateState): LookOf {
  return (part) => {
    const given = elements[part];
    const look = typeof given === 'function' ? callSafely(() => given(state)) : given;
    return { 'data-kyc-part': part, ...(typeof look === 'string' ? { className: look } : look && { style: look }) };
  };
}

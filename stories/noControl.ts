import type { KycReuseGateProps } from '../src/index';

type PropName = keyof KycReuseGateProps;

/** Props that a story sets by itself: documented, not for the controls. */
export const setByStory: readonly PropName[] = [
  'endpoint',
  'subject',
  'request',
  'queryClient',
  'initialRecord',
  'shareToken',
  'sessionKey',
  'withdraw',
  'children',
];

/** Props that mean nothing to a held gate. */
export const ofEngine: readonly PropName[] = ['openWhen', 'requireConsent', 'whenReuseFails', 'polling', 'linkHosts'];

export function noControl(names: readonly PropName[]): Record<string, { control: false }> {
  return Object.fromEntries(names.map((name) => [name, { control: false }]));
}

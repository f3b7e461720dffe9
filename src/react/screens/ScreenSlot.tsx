import type { ComponentType } from 'react';
import type { GateState } from '../../gate/GateState';
import { Boundary } from '../Boundary';
import type { LookOf } from '../look/appearance';
import type { GateMessages, ScreenText } from '../messages';
import type { CustomScreenProps, CustomScreens } from '../props';
import { GateTime } from './GateTime';
import type { Action, Screen } from './screenOf';
import { StateScreen } from './StateScreen';

interface ScreenSlotProps {
  readonly state: GateState;
  readonly screen: Screen;
  readonly words: ScreenText;
  readonly messages: GateMessages;
  readonly look: LookOf;
  readonly components: CustomScreens | undefined;
  readonly support: string | undefined;
  readonly onCancel: (() => void) | undefined;
  readonly onAction: (action: Action) => void;
}

/** The screen of a state: the merchant's, or the gate's own, also while the merchant's loads or if it throws. */
export function ScreenSlot({ state, components, onAction, ...shown }: ScreenSlotProps) {
  const { messages, look, words } = shown;
  const own = (
    <StateScreen
      {...shown}
      onAction={onAction}
      time={<GateTime key={state.status} state={state} lang={messages.lang} times={messages.times} look={look} />}
    />
  );
  const Custom = components?.[state.status] as ComponentType<CustomScreenProps> | undefined;
  if (!Custom) return own;
  return (
    <Boundary key={state.status} fallback={own} loading={own}>
      <div {...look('screen')}>
        <Custom
          state={state}
          words={words}
          retry={() => onAction('retry')}
          recheck={() => onAction('recheck')}
          consent={() => onAction('consent')}
          chooseFallback={() => onAction('chooseFallback')}
        />
      </div>
    </Boundary>
  );
}

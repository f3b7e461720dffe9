import type { GateMessages, KycReuseGateProps } from 'kyc-reuse-gate';
import { de } from 'kyc-reuse-gate/locales/de';

/** What must compile, and what must not: `npm run check:types` is the test. */
const { offline, ...others } = de.screens;
const { cancel, ...fewerActions } = de.actions;
const { frameTitle, ...untitled } = de;

void (de satisfies GateMessages);
void ({ ...untitled, frameTitle } satisfies GateMessages);
void ({ ...de, screens: { ...others, offline }, actions: { ...fewerActions, cancel } } satisfies GateMessages);

// @ts-expect-error -- a screen without words
void ({ ...de, screens: others } satisfies GateMessages);
// @ts-expect-error -- an action without words
void ({ ...de, actions: fewerActions } satisfies GateMessages);
// @ts-expect-error -- a missing text
void (untitled satisfies GateMessages);
// @ts-expect-error -- a screen without a text
void ({ ...de, screens: { ...de.screens, offline: { title: '' } } } satisfies GateMessages);
// @ts-expect-error -- words for a screen that there is not
void ({ ...de, screens: { ...de.screens, onTheMoon: offline } } satisfies GateMessages);
// @ts-expect-error -- words for an action that there is not
void ({ ...de, actions: { ...de.actions, dance: cancel } } satisfies GateMessages);
// @ts-expect-error -- a text that there is not
void ({ ...de, subtitle: '' } satisfies GateMessages);

type Messages = NonNullable<KycReuseGateProps['messages']>;

void (de satisfies Messages);
void ({ ...de, actions: { cancel: 'Später' } } satisfies Messages);
// @ts-expect-error -- misspelt
void ({ ...de, actions: { cancle: 'Später' } } satisfies Messages);
// @ts-expect-error -- no direction
void ({ dir: 'left' } satisfies Messages);

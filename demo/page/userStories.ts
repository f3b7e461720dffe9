import type { Scenario } from '../../simulator/scenarios';
import type { Choice } from './Choice';

/** A user to be, named by what happens to them. */
export interface UserStory {
  readonly title: string;
  readonly group: 'Gets to the payout form' | 'Takes long' | 'Ends elsewhere';
  /** With which setting of the gate the story is worth seeing. @default 'exists' */
  readonly openWhen?: Choice['openWhen'];
  /** Of a record that is there from the beginning: why it opens nothing. */
  readonly unfit?: string;
}

/** One per scenario of the simulator; a missing one does not compile. */
export const userStories: Readonly<Record<Scenario, UserStory>> = {
  firstTime: { title: 'First payout, all goes well', group: 'Gets to the payout form' },
  returning: { title: 'Has been paid out before', group: 'Gets to the payout form' },
  attested: { title: 'Still pending, but attested', group: 'Gets to the payout form' },
  pendingThenApproved: { title: 'Pending, approved 6 s later', group: 'Gets to the payout form', openWhen: 'verified' },
  needsInput: { title: 'One more detail is needed', group: 'Gets to the payout form', openWhen: 'verified' },
  partialApproval: { title: 'Approved in part', group: 'Gets to the payout form' },
  unknownStatus: { title: 'A status nobody knows', group: 'Gets to the payout form' },
  expired: { title: 'Expired, renewed on the way', group: 'Gets to the payout form', unfit: 'it has expired' },
  slow: { title: 'Coinflow takes 30 s', group: 'Takes long' },
  never: { title: 'Coinflow never finishes', group: 'Takes long' },
  rejected: { title: 'Rejected by Coinflow', group: 'Ends elsewhere', unfit: 'Coinflow rejected it' },
  blocked: { title: 'Blocked by Coinflow', group: 'Ends elsewhere', unfit: 'Coinflow blocked it' },
  blockedThenSilent: { title: 'Blocked, then silent about it', group: 'Ends elsewhere', unfit: 'Coinflow blocked it' },
  refused: { title: 'Share token is refused', group: 'Ends elsewhere' },
  nothingToShare: { title: 'Never finished verifying', group: 'Ends elsewhere' },
};

/** What happens to a user of the simulator, by name. One table; the demo and the tests read it. */
export const scenarios = {
  firstTime: 'Verified at the vendor, unknown to Coinflow. Registered, the record appears and is approved.',
  slow: 'Registered, and approved, but Coinflow takes 30 s to redeem the token.',
  never: 'Registered, but Coinflow never redeems the token.',
  returning: 'Coinflow has an approved record already.',
  attested: 'Registered, the record appears as pending, but attested.',
  pendingThenApproved: 'Registered, the record appears as pending, and is approved 6 s later.',
  needsInput: 'Registered, the record appears, and Coinflow asks for more (451 with a link) until the input is given.',
  partialApproval: 'Registered, the record appears as partial-approval, without a link.',
  rejected: 'Coinflow has a rejected record (451 with reasons).',
  expired: 'Coinflow has an expired record; a fresh registration makes it approved.',
  blocked: 'Coinflow has a record that it blocked.',
  blockedThenSilent:
    'Coinflow has a record that it blocked, but every read after the first lacks the field that says so.',
  refused: 'The applicant is not approved: every registration is answered with 400.',
  nothingToShare: 'The user has no inquiry or applicant at the vendor.',
  unknownStatus: 'Registered, the record appears with a status nobody has heard of.',
} as const satisfies Record<string, string>;

/** Name of a row of {@link scenarios}. */
export type Scenario = keyof typeof scenarios;

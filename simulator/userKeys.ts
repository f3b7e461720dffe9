/** The simulator's own name of a user known by id. */
export function userKeyOf(userId: string): string {
  return `user:${userId}`;
}

/** Persona inquiry of a user: merchants keep such ids in their own records. */
export function inquiryIdFor(userKey: string): string {
  return `inq_${Buffer.from(userKey).toString('base64url')}`;
}

/** Sumsub applicant of a user. */
export function applicantIdFor(userKey: string): string {
  return Buffer.from(userKey).toString('hex');
}

export function userKeyOfInquiry(inquiryId: string): string {
  return Buffer.from(inquiryId.replace(/^inq_/, ''), 'base64url').toString();
}

export function userKeyOfApplicant(applicantId: string): string {
  return Buffer.from(applicantId, 'hex').toString();
}

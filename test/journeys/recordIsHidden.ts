import { userKeyOf } from '../../simulator';

/** Until the faults are cleared, Coinflow answers as it does while it redeems the token. */
export const recordIsHidden = (user: string) =>
  ({
    service: 'coinflow',
    method: 'GET',
    path: '/api/withdraw',
    userKey: userKeyOf(user),
    kind: { status: 401, body: { message: 'No withdrawer associated with this user' } },
  }) as const;

import type { Party, TimelineEntry } from '../contract/DemoApi';
import type { TracedRequest } from './createTrace';

type Words = Pick<TimelineEntry, 'ask' | 'answer' | 'tone'>;
type Asked = Pick<TracedRequest, 'to' | 'method' | 'isSession' | 'isAbsent' | 'isConfirmed'>;

/** Says in plain words what a request asked for and what came back. */
export function describe(request: Asked & Pick<TracedRequest, 'status'>): Words {
  const { status } = request;
  const ask = askOf(request);
  if (status === null) return { ask, answer: '', tone: 'neutral' };
  return { ask, ...(status === 0 ? { answer: 'No answer', tone: 'bad' } : answerOf(request, status)) };
}

function askOf({ to, method, isSession }: Asked): string {
  if (to === 'page') return 'The payout form, please';
  if (to === 'persona' || to === 'sumsub') return 'A share token for Coinflow';
  if (isSession) return 'A session key, please';
  if (to === 'coinflow') return method === 'POST' ? 'Register this token' : 'Do you know this user?';
  return method === 'POST' ? 'Reuse my verification' : 'Is there a record of me?';
}

function answerOf({ to, method, isSession, isAbsent, isConfirmed }: Asked, status: number): Omit<Words, 'ask'> {
  if (status === 429) return { answer: 'Too often, later please', tone: 'bad' };
  if (status >= 500) return { answer: 'Failed', tone: 'bad' };
  const isOk = status >= 200 && status < 300;
  if (isSession) return isOk ? { answer: 'Here it is', tone: 'neutral' } : { answer: 'Refused', tone: 'bad' };
  if (method === 'POST' && !isConfirmed)
    return isOk
      ? { answer: accepted(to), tone: 'neutral' }
      : { answer: status === 409 ? 'Nothing to share' : 'Refused', tone: 'bad' };
  if (isAbsent) return { answer: isConfirmed ? 'Handed over, not there yet' : 'Not yet', tone: 'neutral' };
  const yes = isConfirmed ? 'Done' : 'Yes';
  if (isOk) return { answer: yes, tone: 'good' };
  if (status === 451) return { answer: `${yes}, but not in order`, tone: 'neutral' };
  return { answer: 'Refused', tone: 'bad' };
}

function accepted(to: Party): string {
  if (to === 'persona' || to === 'sumsub') return 'Here it is';
  return to === 'coinflow' ? 'Taken' : 'Handed over';
}

import type { Party, TimelineEntry } from '../contract/DemoApi';
import type { TracedRequest } from './createTrace';

type Words = Pick<TimelineEntry, 'ask' | 'answer' | 'tone'>;

/** Says in plain words what a request asked for and what came back. */
export function describe(request: Pick<TracedRequest, 'to' | 'method' | 'isSession' | 'isAbsent' | 'status'>): Words {
  const { status } = request;
  const ask = askOf(request);
  if (status === null) return { ask, answer: '', tone: 'neutral' };
  return { ask, ...(status === 0 ? { answer: 'No answer', tone: 'bad' } : answerOf(request, status)) };
}

function askOf({ to, method, isSession }: Pick<TracedRequest, 'to' | 'method' | 'isSession'>): string {
  if (to === 'page') return 'The payout form, please';
  if (to === 'persona' || to === 'sumsub') return 'A share token for Coinflow';
  if (isSession) return 'A session key, please';
  if (to === 'coinflow') return method === 'POST' ? 'Register this token' : 'Do you know this user?';
  return method === 'POST' ? 'Reuse my verification' : 'Is there a record of me?';
}

function answerOf(
  { to, method, isSession, isAbsent }: Pick<TracedRequest, 'to' | 'method' | 'isSession' | 'isAbsent'>,
  status: number,
): Omit<Words, 'ask'> {
  if (status === 429) return { answer: 'Too often, later please', tone: 'bad' };
  if (status >= 500) return { answer: 'Failed', tone: 'bad' };
  const isOk = status >= 200 && status < 300;
  if (isSession) return isOk ? { answer: 'Here it is', tone: 'neutral' } : { answer: 'Refused', tone: 'bad' };
  if (method === 'POST')
    return isOk
      ? { answer: accepted(to), tone: 'neutral' }
      : { answer: status === 409 ? 'Nothing to share' : 'Refused', tone: 'bad' };
  if (isAbsent || status === 404) return { answer: 'Not yet', tone: 'neutral' };
  if (isOk) return { answer: 'Yes', tone: 'good' };
  if (status === 451) return { answer: 'Yes, but not in order', tone: 'neutral' };
  return { answer: 'Refused', tone: 'bad' };
}

function accepted(to: Party): string {
  if (to === 'persona' || to === 'sumsub') return 'Here it is';
  return to === 'coinflow' ? 'Taken' : 'Handed over';
}

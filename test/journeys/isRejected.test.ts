import { expect } from 'vitest';
import { logEntries } from '../browser/logEntries';
import { journey } from './journey';

journey(
  'who was rejected is told so in plain words; the reasons go to the merchant alone',
  async ({ shop, arrive }) => {
    const visit = await arrive('rejected');
    await visit.showGate({ support: 'https://shop.test/help' });
    await visit.heading('Your verification was not accepted').waitFor();
    expect(await visit.states()).toEqual([
      { status: 'checking' },
      { status: 'declined', reasons: ['Document is not readable'], canFallback: false },
    ]);
    expect(await visit.gate.textContent()).not.toContain('Document');
    expect(await visit.page.getByRole('alert').textContent()).toContain('could not accept');
    expect(await visit.page.getByRole('link', { name: 'Contact support' }).getAttribute('href')).toBe(
      'https://shop.test/help',
    );
    expect(await visit.gate.getByRole('button').count()).toBe(0);
    const log = shop.log(visit.user);
    expect(log.filter(({ method }) => method === 'POST')).toEqual([]);
    expect(log.filter(logEntries.isPage)).toEqual([]);
    expect(await visit.frames()).toEqual(['none']);
  },
);

import { describe, expect, it } from 'vitest';
import { allowedLinks, defaultLinkHosts, keepBlock, readingOf } from '../../src/gate/reading';
import { record } from './snapshots';

describe('what a record means', () => {
  it.each([
    ['blocked', record({ availability: 'Blocked', status: 'rejected', attested: true })],
    ['blocked', record({ watchlist: 'Blocked' })],
    ['declined', record({ status: 'rejected', attested: true, moreNeeded: true, links: [{ link: 'x' }] })],
    ['expired', record({ status: 'expired', attested: true })],
    ['needsInput', record({ status: 'approved', moreNeeded: true, links: [{ link: 'x' }] })],
    ['needsInput', record({ status: 'partial-approval', attested: true })],
    ['verified', record({ status: 'approved' })],
    ['verified', record({ status: 'pending', attested: true })],
    ['pending', record({ status: 'pending', moreNeeded: true })],
    ['pending', record({ status: 'Approved' })],
    ['absent', null],
  ] as const)('%s: %j', (reading, given) => {
    expect(readingOf(given)).toBe(reading);
  });

  it('stays blocked where a later answer leaves the field out, and is cleared by another value only', () => {
    const blocked = record({ availability: 'Blocked', watchlist: 'Passed' });
    expect(readingOf(keepBlock(blocked, record()))).toBe('blocked');
    expect(readingOf(keepBlock(blocked, record({ availability: 'Functional' })))).toBe('verified');
  });
});

describe('links a user may be sent to', () => {
  it.each([
    ['https://coinflow.cash/verify', true],
    ['https://sandbox.coinflow.cash/verify?a=1', true],
    ['https://eu.withpersona.com/x', true],
    ['http://coinflow.cash/verify', false],
    ['https://evilcoinflow.cash/', false],
    ['https://coinflow.cash.evil.test/', false],
    ['https://coinflow.cash@evil.test/', false],
    ['https://user@coinflow.cash/', false],
    ['https://coinflow.cash:8443/', false],
    ['javascript:alert(1)', false],
    ['/verify', false],
    ['', false],
  ])('%s: %s', (link, isAllowed) => {
    expect(allowedLinks([{ link }], defaultLinkHosts)).toHaveLength(isAllowed ? 1 : 0);
  });
});

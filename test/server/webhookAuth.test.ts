import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { authenticateWebhook, signWebhook } from '../../src/server/webhookAuth';

const at = new Date('2026-01-02T03:04:05Z');
const seconds = String(at.getTime() / 1000);
const text = '{"eventType":"KYC Success","data":{"wallet":"shopʬu1"}}';
const body = new TextEncoder().encode(text);
const options = { keys: ['old key', 'new key'], toleranceMs: 300_000, nowMs: at.getTime() };
const signed = (key: string, t = seconds) =>
  `t=${t},v1=${createHmac('sha256', key).update(`${t}.`).update(body).digest('hex')}`;
const check = (headers: Record<string, string>, bytes = body) =>
  authenticateWebhook(new Headers(headers), bytes, options);
const shifted = (by: number) => signed('new key', String(Number(seconds) + by));

describe('authenticating a webhook', () => {
  test.each([
    ['a signature by the new key', { 'Coinflow-Signature': signed('new key') }, 'authentic'],
    ['a signature by the old key', { 'Coinflow-Signature': signed('old key') }, 'authentic'],
    ['the key itself', { Authorization: 'new key' }, 'authentic'],
    ['the old key itself', { Authorization: 'old key' }, 'authentic'],
    ['a signature 300 s old', { 'Coinflow-Signature': shifted(-300) }, 'authentic'],
    ['a signature 301 s old', { 'Coinflow-Signature': shifted(-301) }, 'stale'],
    ['a signature 301 s ahead', { 'Coinflow-Signature': shifted(301) }, 'stale'],
    ['a signature by another key', { 'Coinflow-Signature': signed('guess') }, 'forged'],
    ['a signature without a time', { 'Coinflow-Signature': signed('new key').slice(13) }, 'forged'],
    ['a start of the key', { Authorization: 'new ke' }, 'forged'],
    ['no credentials', {}, 'forged'],
    [
      'a forged signature beside the key',
      { 'Coinflow-Signature': signed('guess'), Authorization: 'new key' },
      'forged',
    ],
  ])('%s is judged', async (_, headers, verdict) => {
    expect(await check(headers as Record<string, string>)).toBe(verdict);
  });

  test.each([
    ['no keys', []],
    ['an empty key', ['']],
    ['an empty key among others', ['new key', '']],
  ])('with %s, everything is forged', async (_, keys) => {
    const sent = [{}, { Authorization: '' }, { Authorization: 'new key' }, { 'Coinflow-Signature': signed('') }];
    for (const headers of sent)
      expect(await authenticateWebhook(new Headers(headers), body, { ...options, keys })).toBe('forged');
  });

  test('a changed body is forged', async () => {
    expect(await check({ 'Coinflow-Signature': signed('new key') }, body.slice(1))).toBe('forged');
  });

  test('the generator signs as node:crypto does', async () => {
    expect(await signWebhook(text, 'new key', at)).toEqual({ 'Coinflow-Signature': signed('new key') });
  });
});

// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { sampleRecord } from '../../src/testing/sampleStates';
import { manualBackend } from './manualBackend';
import { openGate, pass, withVirtualTime } from './openGate';
import { pageIs } from './pageOfAge';

withVirtualTime();

const initialRecord = { subject: 'u1', record: null };

describe('a server’s "no record"', () => {
  it('is the look before the registration, so that the first request is the POST', async () => {
    pageIs(500);
    const { options, methods } = manualBackend();
    const { close } = openGate('u1', { ...options, initialRecord });
    await pass(0);
    expect(methods()).toEqual(['POST']);
    close();
  });

  it('is no look any more once another gate’s read has left, which may bring the record', async () => {
    pageIs(500);
    const { options, methods, at } = manualBackend();
    const asking = openGate('u1', { ...options, initialRecord, requireConsent: true });
    await pass(0);
    expect(asking.session.getState().status).toBe('consent');
    const reading = openGate('u1', { ...options, requireConsent: true });
    await pass(0);
    asking.session.consent();
    await pass(0);
    expect(methods()).not.toContain('POST');
    methods().forEach((_, index) => at(index).tell(sampleRecord));
    await pass(1_000);
    expect(asking.session.getState().status).toBe('ready');
    expect(methods()).not.toContain('POST');
    asking.close();
    reading.close();
  });

  it('still is the look where the user took a few seconds to consent: no read leaves beside the POST', async () => {
    pageIs(500);
    const { options, methods } = manualBackend();
    const { session, close } = openGate('u1', { ...options, initialRecord, requireConsent: true });
    await pass(9_000);
    session.consent();
    await pass(0);
    expect(methods()).toEqual(['POST']);
    close();
  });
});

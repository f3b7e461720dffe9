// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { initialRecordOf } from '../../src/client/options';
import { sampleRecord } from '../../src/testing/sampleStates';

const endpoint = '/api/kyc';

describe('the record that a server has read while it rendered', () => {
  it.each([sampleRecord, null])('is taken for the subject it names: %o', (record) => {
    expect(initialRecordOf({ endpoint, subject: 'u1', initialRecord: { subject: 'u1', record } })).toBe(record);
  });

  it.each([sampleRecord, null])('is nothing for anybody else: %o', (record) => {
    expect(initialRecordOf({ endpoint, subject: 'u1', initialRecord: { subject: 'u2', record } })).toBeUndefined();
  });

  it('is nothing where it is left out or Coinflow’s raw withdrawer, and the developer is told once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    for (const record of [undefined, { verification: { status: 'approved', attested: true } }]) {
      const initialRecord = { subject: 'u1', record: record as never };
      expect(initialRecordOf({ endpoint, subject: 'u1', initialRecord })).toBeUndefined();
    }
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain('`initialRecord.record`');
  });
});

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../demo/backend/config';

const example = readFileSync(join(import.meta.dirname, '..', '..', '.env.example'), 'utf8');
const documented = example.split('\n').flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);

/** An environment with everything in it, which notes what is looked at. */
function watched(over: Record<string, string>) {
  const read = new Set<string>();
  const env = new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name: string) => {
        read.add(name);
        return over[name] ?? `some ${name}`;
      },
    },
  );
  return { env, read };
}

const needed = {
  persona: [
    'COINFLOW_API_KEY',
    'COINFLOW_MERCHANT_ID',
    'PERSONA_API_KEY',
    'PERSONA_CONNECTION_ID',
    'PERSONA_INQUIRY_ID',
    'DEMO_USER_ID',
    'DEMO_USER_EMAIL',
  ],
  sumsub: [
    'COINFLOW_API_KEY',
    'COINFLOW_MERCHANT_ID',
    'SUMSUB_APP_TOKEN',
    'SUMSUB_SECRET_KEY',
    'SUMSUB_CLIENT_ID',
    'SUMSUB_APPLICANT_ID',
    'DEMO_USER_ID',
    'DEMO_USER_EMAIL',
    'DEMO_USER_COUNTRY',
  ],
};
const cases = Object.entries(needed).flatMap(([vendor, names]) => names.map((name) => [vendor, name] as const));

describe("the demo's configuration", () => {
  it('is the simulated one without COINFLOW_ENV, whatever else is set', () => {
    expect(readConfig({})).toEqual({ mode: 'simulated' });
    expect(readConfig({ COINFLOW_ENV: ' ', COINFLOW_API_KEY: 'left over' })).toEqual({ mode: 'simulated' });
  });

  it('reads every variable that .env.example documents, and no other', () => {
    const read = new Set<string>();
    for (const VENDOR of ['persona', 'sumsub']) {
      const { env, read: names } = watched({ COINFLOW_ENV: 'sandbox', VENDOR });
      readConfig(env);
      for (const name of names) read.add(name);
    }
    expect([...documented].sort()).toEqual([...read].sort());
  });

  it('says above every variable of .env.example what it is', () => {
    const undocumented = example
      .split(/\n\n+/)
      .filter((block) => /^[A-Z_]+=/m.test(block))
      .filter((block) => !block.startsWith('# '));
    expect(undocumented).toEqual([]);
  });

  it.each(cases)('with %s names %s where it is empty, and .env.example', (VENDOR, name) => {
    const { env } = watched({ COINFLOW_ENV: 'sandbox', VENDOR, [name]: '' });
    const error = errorOf(() => readConfig(env));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toContain(`but ${name} is empty`);
    expect(error.message).toContain('.env.example');
  });

  it('names everything that is missing at once, and prints no value', () => {
    const { message } = errorOf(() => readConfig({ COINFLOW_ENV: 'sandbox', COINFLOW_API_KEY: 'a-secret' }));
    for (const name of needed.persona.filter((it) => it !== 'COINFLOW_API_KEY')) expect(message).toContain(name);
    expect(message).not.toContain('COINFLOW_API_KEY');
    expect(message).not.toContain('a-secret');
  });

  it('ends `npm start` with that one message where a key is missing', () => {
    const nothing = Object.fromEntries(documented.map((name) => [name, '']));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'demo/start.ts'], {
      cwd: join(import.meta.dirname, '..', '..'),
      // Set to nothing rather than left out: a developer's own .env fills only what is not set.
      env: { ...process.env, ...nothing, COINFLOW_ENV: 'sandbox', VENDOR: 'sumsub' },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    for (const name of needed.sumsub) expect(stderr).toContain(name);
  });

  it.each(['prod', 'production', 'SANDBOX'])('refuses COINFLOW_ENV=%s', (COINFLOW_ENV) => {
    expect(errorOf(() => readConfig(watched({ COINFLOW_ENV }).env)).message).toMatch(
      /sandbox, staging, staging-live, never to prod/,
    );
  });

  it('refuses a vendor it does not know', () => {
    expect(errorOf(() => readConfig(watched({ COINFLOW_ENV: 'sandbox', VENDOR: 'onfido' }).env)).message).toBe(
      'VENDOR is "onfido". It is persona or sumsub.',
    );
  });
});

function errorOf(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Nothing was thrown.');
}

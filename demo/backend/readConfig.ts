/** What the demo runs on: the embedded simulator, or Coinflow's real test environments. */
export type DemoConfig = { readonly mode: 'simulator' } | LiveConfig;

/** Keys for the real test environments. `.env.example` says where each comes from. */
export interface LiveConfig {
  readonly mode: 'live';
  readonly env: 'sandbox' | 'staging' | 'staging-live';
  readonly apiKey: string;
  readonly merchantId: string;
  readonly user: { readonly id: string; readonly email: string; readonly country: string };
  readonly vendor:
    | { readonly name: 'persona'; readonly apiKey: string; readonly connectionId: string; readonly inquiryId: string }
    | { readonly name: 'sumsub'; readonly appToken: string; readonly secretKey: string; readonly clientId: string; readonly applicantId: string };
}

/** A variable is missing or odd. The message names it. */
export class ConfigError extends Error {}

const liveEnvs = ['sandbox', 'staging', 'staging-live'] as const;

/**
 * Reads the demo's configuration. Without `COINFLOW_ENV` nothing else is read: the demo runs on the simulator, without keys.
 *
 * @throws {ConfigError} a missing or odd variable, named
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): DemoConfig {
  const coinflowEnv = env.COINFLOW_ENV?.trim();
  if (!coinflowEnv || coinflowEnv === 'simulator') return { mode: 'simulator' };
  const known = liveEnvs.find((name) => name === coinflowEnv);
  if (!known) throw new ConfigError(`COINFLOW_ENV is "${coinflowEnv}". The demo runs on ${liveEnvs.join(', ')}, or, without it, on the simulator; never on prod.`);
  const need = (name: string): string => {
    const value = env[name]?.trim();
    if (!value) throw new ConfigError(`${name} is missing. With COINFLOW_ENV=${known} the demo needs it; see .env.example.`);
    return value;
  };
  const vendor = env.VENDOR?.trim() ?? 'persona';
  if (vendor !== 'persona' && vendor !== 'sumsub') throw new ConfigError(`VENDOR is "${vendor}"; it can be persona or sumsub.`);
  return {
    mode: 'live',
    env: known,
    apiKey: need('COINFLOW_API_KEY'),
    merchantId: need('COINFLOW_MERCHANT_ID'),
    user: { id: need('DEMO_USER_ID'), email: need('DEMO_USER_EMAIL'), country: need('DEMO_USER_COUNTRY') },
    vendor:
      vendor === 'persona'
        ? { name: 'persona', apiKey: need('PERSONA_API_KEY'), connectionId: need('PERSONA_CONNECTION_ID'), inquiryId: need('PERSONA_INQUIRY_ID') }
        : {
            name: 'sumsub',
            appToken: need('SUMSUB_APP_TOKEN'),
            secretKey: need('SUMSUB_SECRET_KEY'),
            clientId: need('SUMSUB_CLIENT_ID'),
            applicantId: need('SUMSUB_APPLICANT_ID'),
          },
  };
}

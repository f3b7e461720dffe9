import type { Setup, Vendor } from '../contract/DemoApi';

/** Environments of Coinflow's that the demo may talk to. */
export type RealEnv = Exclude<Setup['env'], 'local'>;

/** What the demo runs on. */
export type DemoConfig = { readonly mode: 'simulated' } | RealConfig;

/** Coinflow's own environment, and one user of the merchant's who is verified at one vendor. */
export interface RealConfig {
  readonly mode: 'real';
  readonly env: RealEnv;
  readonly apiKey: string;
  readonly merchantId: string;
  readonly user: { readonly userId: string; readonly email: string; readonly country?: string };
  readonly vendor:
    | { readonly name: 'persona'; readonly apiKey: string; readonly connectionId: string; readonly inquiryId: string }
    | {
        readonly name: 'sumsub';
        readonly appToken: string;
        readonly secretKey: string;
        readonly clientId: string;
        readonly applicantId: string;
      };
}

/** The environment does not say enough. The message names every variable and what to do. */
export class ConfigError extends Error {}

const realEnvs: readonly RealEnv[] = ['sandbox', 'staging', 'staging-live'];

/**
 * Reads the demo's configuration. Without `COINFLOW_ENV` nothing else is looked at: the providers are simulated.
 *
 * @throws {ConfigError}
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): DemoConfig {
  const given = (name: string) => env[name]?.trim() ?? '';
  const coinflowEnv = given('COINFLOW_ENV');
  if (coinflowEnv === '') return { mode: 'simulated' };
  const realEnv = realEnvs.find((name) => name === coinflowEnv);
  if (!realEnv) {
    throw new ConfigError(
      `COINFLOW_ENV is ${JSON.stringify(coinflowEnv)}. The demo talks to ${realEnvs.join(', ')}, never to prod; leave it empty for the simulated providers.`,
    );
  }
  const vendor = given('VENDOR') || 'persona';
  if (!isVendor(vendor)) throw new ConfigError(`VENDOR is ${JSON.stringify(vendor)}. It is persona or sumsub.`);

  const missing: string[] = [];
  const required = (name: string) => {
    const value = given(name);
    if (value === '') missing.push(name);
    return value;
  };
  const optionalCountry = given('DEMO_USER_COUNTRY');
  const config: RealConfig = {
    mode: 'real',
    env: realEnv,
    apiKey: required('COINFLOW_API_KEY'),
    merchantId: required('COINFLOW_MERCHANT_ID'),
    vendor:
      vendor === 'persona'
        ? {
            name: vendor,
            apiKey: required('PERSONA_API_KEY'),
            connectionId: required('PERSONA_CONNECTION_ID'),
            inquiryId: required('PERSONA_INQUIRY_ID'),
          }
        : {
            name: vendor,
            appToken: required('SUMSUB_APP_TOKEN'),
            secretKey: required('SUMSUB_SECRET_KEY'),
            clientId: required('SUMSUB_CLIENT_ID'),
            applicantId: required('SUMSUB_APPLICANT_ID'),
          },
    user: {
      userId: required('DEMO_USER_ID'),
      email: required('DEMO_USER_EMAIL'),
      // Source: Coinflow takes no country with a Persona token, and insists on one with a Sumsub token.
      ...((vendor === 'sumsub' || optionalCountry) && {
        country: vendor === 'sumsub' ? required('DEMO_USER_COUNTRY') : optionalCountry,
      }),
    },
  };
  if (missing.length > 0) {
    throw new ConfigError(
      `COINFLOW_ENV is ${coinflowEnv} and VENDOR is ${vendor}, but ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} empty. ` +
        'Set what is missing in .env (see .env.example), or leave COINFLOW_ENV empty for the simulated providers.',
    );
  }
  return config;
}

function isVendor(value: string): value is Vendor {
  return value === 'persona' || value === 'sumsub';
}

/** What the simulated services insist on, from the defaults of `createSimulator`, and one key more. */
export const keys = {
  coinflow: 'coinflow_simulated_key',
  sumsubAppToken: 'sbx:simulated',
  sumsubSecretKey: 'sumsub_simulated_secret',
  sumsubClientId: 'coinflow_simulated_client',
  webhooks: 'simulated_validation_key',
  merchantId: 'acme',
} as const;

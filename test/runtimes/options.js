import process from 'node:process';
import { personaShareTokens } from 'kyc-reuse-gate/server';

const { COINFLOW_URL, PERSONA_URL } = process.env;

export const options = {
  coinflow: { apiKey: process.env.COINFLOW_API_KEY, baseUrl: `${COINFLOW_URL}/api` },
  // Your own session. The check names the user in a header.
  authenticate: (request) => {
    const userId = request.headers.get('x-test-user');
    return userId ? { userId, email: `${userId}@example.com` } : null;
  },
  shareTokens: personaShareTokens({
    apiKey: process.env.PERSONA_API_KEY,
    connectionId: process.env.PERSONA_CONNECTION_ID,
    inquiryId: ({ userId }) => `inq_${btoa(`user:${userId}`).replaceAll('=', '')}`,
    baseUrl: `${PERSONA_URL}/api/v1`,
  }),
  allowedOrigins: ['https://app.example'],
};

import type { LogEntry } from '../../simulator';

/** Kinds of entries in the log of the simulated services. */
export const logEntries = {
  /** Coinflow's payout page was asked for. */
  isPage: ({ service }: LogEntry) => service === 'page',
  /** A share token reached Coinflow. */
  isRegistration: ({ service, method, path }: LogEntry) =>
    service === 'coinflow' && method === 'POST' && path.endsWith('/share-token'),
  /** The record was asked for. */
  isRead: ({ service, method, path }: LogEntry) =>
    service === 'coinflow' && method === 'GET' && path === '/api/withdraw',
  /** Persona or Sumsub was asked for a share token. */
  isMint: ({ service }: LogEntry) => service === 'persona' || service === 'sumsub',
};

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Service, Simulator } from './createSimulator';

/** Where to listen; 0 takes any free port. */
export interface SimulatorPorts {
  /** Not Coinflow's own 5000, which macOS occupies. @default 5050 */
  readonly coinflow?: number;
  /** @default 5051 */
  readonly persona?: number;
  /** @default 5052 */
  readonly sumsub?: number;
  /** The real component with `env="local"` frames http://localhost:3000. @default 3000 */
  readonly page?: number;
}

/** A listening simulator. */
export interface ListeningSimulator {
  /** `http://localhost:<port>` of each service. */
  readonly urls: {
    readonly coinflow: string;
    readonly persona: string;
    readonly sumsub: string;
    readonly page: string;
  };
  close(): Promise<void>;
}

/** Thrown when a port is taken. The message says which, and what it is for. */
export class BusyPortError extends Error {
  constructor(
    readonly port: number,
    what: string,
  ) {
    super(
      `Port ${port} is in use, and ${what} needs it. Stop the program that holds it (on macOS and Linux: lsof -i :${port}), then try again.`,
    );
  }
}

/**
 * Serves a simulator over HTTP, on this machine only.
 *
 * @throws {BusyPortError}
 */
export async function listen(simulator: Simulator, ports: SimulatorPorts = {}): Promise<ListeningSimulator> {
  const servers: Server[] = [];
  const close = async () => {
    await Promise.all(servers.map(closeServer));
  };
  const open = async (service: Service, port: number, what: string) => {
    const server = await serveOn(service, port, what);
    servers.push(server);
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  };
  try {
    const coinflow = await open(simulator.coinflow, ports.coinflow ?? 5050, 'the simulated Coinflow API');
    const persona = await open(simulator.persona, ports.persona ?? 5051, 'the simulated Persona API');
    const sumsub = await open(simulator.sumsub, ports.sumsub ?? 5052, 'the simulated Sumsub API');
    const page = await open(simulator.page, ports.page ?? 3000, 'the simulated payout page');
    return { urls: { coinflow, persona, sumsub, page }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Serves one app on `localhost`. @throws {BusyPortError} */
export function serveOn(service: Service, port: number, what: string): Promise<Server> {
  const answer = getRequestListener((request, { incoming }) => service(request, () => incoming.socket.destroy()), {
    overrideGlobalObjects: false,
  });
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new BusyPortError(port, what) : error),
    );
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

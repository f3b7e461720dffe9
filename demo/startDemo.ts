import type { AddressInfo } from 'node:net';
import { createSimulator, listen, type SimulatorPorts } from '../simulator';
import type { DemoConfig } from './backend/config';
import { createBackend } from './backend/createBackend';
import { createTrace } from './backend/createTrace';
import { realProviders } from './backend/realProviders';
import { simulatedProviders } from './backend/simulatedProviders';
import { createSite } from './createSite';
import { requireFreePorts } from './requireFreePorts';

/** The running demo. */
export interface Demo {
  readonly url: string;
  /** Where the simulated payout page is; `undefined` where the page is Coinflow's own. */
  readonly payoutUrl: string | undefined;
  close(): Promise<void>;
}

/** Where the demo listens; 0 takes any free port. */
export interface DemoPorts extends Required<SimulatorPorts> {
  readonly site: number;
}

/** The ports of `npm start`. */
const demoPorts: DemoPorts = { site: 5173, page: 3000, coinflow: 5050, persona: 5051, sumsub: 5052 };

const portUses: { readonly [Name in keyof DemoPorts]: string } = {
  site: "the demo's page",
  page: 'the simulated payout page',
  coinflow: 'the simulated Coinflow API',
  persona: 'the simulated Persona API',
  sumsub: 'the simulated Sumsub API',
};

/**
 * Starts everything in this process: the site with its backend, and, unless there is a real configuration, the simulated providers.
 *
 * @throws {BusyPortError}
 */
export async function startDemo(config: DemoConfig, ports = demoPorts): Promise<Demo> {
  const names = config.mode === 'simulated' ? (Object.keys(portUses) as (keyof DemoPorts)[]) : (['site'] as const);
  await requireFreePorts(
    new Map(names.filter((name) => ports[name] !== 0).map((name) => [ports[name], portUses[name]])),
  );
  const trace = createTrace();
  let services: Awaited<ReturnType<typeof listen>> | undefined;
  let providers;
  if (config.mode === 'simulated') {
    // Sumsub's tokens are redeemed at once otherwise, and there would be nothing to see.
    const simulator = createSimulator({ merchantId: 'lumen', sumsubRedemptionMs: 1_200 });
    services = await listen(simulator, ports);
    providers = simulatedProviders(simulator, services.urls, trace);
  } else {
    providers = realProviders(config, trace);
  }
  const server = await createSite(createBackend(providers, trace), ports.site);
  await server.listen();
  return {
    url: `http://localhost:${(server.httpServer?.address() as AddressInfo).port}/`,
    payoutUrl: services?.urls.page,
    close: async () => {
      await Promise.all([server.close(), services?.close()]);
    },
  };
}

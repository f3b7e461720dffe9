import { createSimulator, listen } from '../simulator';
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
  close(): Promise<void>;
}

const sitePort = 5173;

/** The simulated services and the site, with the ports they insist on. */
const site: readonly [number, string] = [sitePort, "the demo's page"];
const simulated: readonly (readonly [number, string])[] = [
  [3000, 'the simulated payout page'],
  [5050, 'the simulated Coinflow API'],
  [5051, 'the simulated Persona API'],
  [5052, 'the simulated Sumsub API'],
];

/**
 * Starts everything in this process: the site with its backend, and, unless there is a real configuration, the simulated providers.
 *
 * @throws {BusyPortError}
 */
export async function startDemo(config: DemoConfig): Promise<Demo> {
  await requireFreePorts(new Map(config.mode === 'simulated' ? [site, ...simulated] : [site]));
  const trace = createTrace();
  let services: Awaited<ReturnType<typeof listen>> | undefined;
  let providers;
  if (config.mode === 'simulated') {
    // Sumsub's tokens are redeemed at once otherwise, and there would be nothing to see.
    const simulator = createSimulator({ merchantId: 'lumen', sumsubRedemptionMs: 1_200 });
    services = await listen(simulator);
    providers = simulatedProviders(simulator, services.urls, trace);
  } else {
    providers = realProviders(config, trace);
  }
  const server = await createSite(createBackend(providers, trace), sitePort);
  await server.listen();
  return {
    url: `http://localhost:${sitePort}/`,
    close: async () => {
      await Promise.all([server.close(), services?.close()]);
    },
  };
}

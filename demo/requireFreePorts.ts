import { connect } from 'node:net';
import { BusyPortError } from '../simulator';

/**
 * Makes sure that nobody answers on these ports, under either address of `localhost`: a program on `[::1]` only would not keep this one from listening on
 * `127.0.0.1`, and browsers would then visit that program.
 *
 * @param ports what needs each
 * @throws {BusyPortError}
 */
export async function requireFreePorts(ports: ReadonlyMap<number, string>): Promise<void> {
  for (const [port, what] of ports) {
    const busy = await Promise.all(['127.0.0.1', '::1'].map((host) => answers(host, port)));
    if (busy.includes(true)) throw new BusyPortError(port, what);
  }
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const settle = (isAnswering: boolean) => {
      socket.destroy();
      resolve(isAnswering);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

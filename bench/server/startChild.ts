import { fork } from 'node:child_process';
import { isAbsolute, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import type { Commands, Question, Report } from './children/answerParent';

/** The processes; the other files in `children/` are parts of them. */
const names = ['kit', 'handWritten', 'stub', 'coinflow', 'load', 'waiters', 'crowd'] as const;

const outDir = resolve('.cache', 'bench-server');

/** A process of its own, so that the load, the instance and Coinflow don't share memory or a thread. */
export interface Child<C extends Commands> {
  /** Where it listens; 0 if it doesn't. */
  readonly port: number;
  readonly url: string;
  /** Runs one of its commands. @throws {Error} what the command threw */
  ask<Name extends keyof C & string>(
    command: Name,
    ...argument: Parameters<C[Name]>
  ): Promise<Awaited<ReturnType<C[Name]>>>;
  end(): Promise<void>;
}

/** Bundles every child to plain JavaScript, so that no loader is in its memory. The kit itself stays the built one. */
export async function bundleChildren(): Promise<void> {
  const folder = join(import.meta.dirname, 'children');
  const input = Object.fromEntries(names.map((name) => [name, join(folder, `${name}.ts`)]));
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    logLevel: 'warn',
  });
  await bundle.write({ dir: outDir, format: 'esm' });
  await bundle.close();
}

/**
 * Starts one of `children/`. Node raises its limit of open files to the system's hard limit by itself.
 *
 * @param name its file, without the extension
 */
export async function startChild<C extends Commands>(
  name: (typeof names)[number],
  options: object = {},
): Promise<Child<C>> {
  const child = fork(join(outDir, `${name}.js`), [JSON.stringify(options)], { execArgv: ['--expose-gc'] });
  const asked = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (report: Report) => {
      if (report.kind === 'ready') return resolve(report.port);
      const question = asked.get(report.id);
      asked.delete(report.id);
      if (report.kind === 'answer') question?.resolve(report.value as never);
      else question?.reject(new Error(`${name}: ${report.message}`));
    });
    child.once('exit', (code) => {
      const error = new Error(`The process "${name}" ended with ${code}.`);
      reject(error);
      for (const question of asked.values()) question.reject(error);
    });
  });
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    ask: (command, ...[argument]) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        asked.set(id, { resolve, reject });
        child.send({ id, command, argument } satisfies Question);
      }),
    end: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

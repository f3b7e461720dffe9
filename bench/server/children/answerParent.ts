/** What the parent may ask a child process: one argument, plain data both ways. */
export type Commands = Readonly<Record<string, (argument: never) => unknown>>;

/** A question of the parent's. */
export interface Question {
  readonly id: number;
  readonly command: string;
  readonly argument: unknown;
}

/** What a child sends: first that it is ready, with the port it listens on, then one answer to each question. */
export type Report =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string };

/** The child's options, from the parent. */
export function optionsFromParent(): unknown {
  return JSON.parse(process.argv[2] ?? '{}');
}

/** Answers the parent's questions until it is gone. @param port 0 if this process listens nowhere */
export function answerParent(commands: Commands, port = 0): void {
  const send = (report: Report) => void process.send?.(report);
  process.on('message', ({ id, command, argument }: Question) => {
    // Inside a promise: a command may throw.
    new Promise((resolve) => resolve(commands[command]?.(argument as never))).then(
      (value) => send({ kind: 'answer', id, value }),
      (error: unknown) =>
        send({ kind: 'failure', id, message: error instanceof Error ? error.message : String(error) }),
    );
  });
  // However the parent ends, no child outlives it.
  process.once('disconnect', () => process.exit());
  send({ kind: 'ready', port });
}

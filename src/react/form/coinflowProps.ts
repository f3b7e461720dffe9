import type { WithdrawProps } from './WithdrawProps';

/** Handlers that Coinflow may call long after opening, and that you may pass later. */
const lateHandlers = [
  'handleHeightChange',
  'onSuccess',
  'onAuthDeclined',
  'onAccountLinked',
  'onAccountNotLinked',
] as const;

/**
 * Builds the props of Coinflow's component for the life of one open form: all values are fixed, and all
 * functions call the latest one. Values are fixed because the frame's URL is computed from them, and a new
 * URL reloads the user's session.
 *
 * @param opened the `withdraw` prop when the form opened
 * @param latest returns the current `withdraw` prop
 * @param onHeight receives the frame's height; leave it out for a frame that scrolls
 */
export function coinflowProps(
  opened: WithdrawProps,
  latest: () => WithdrawProps,
  sessionKey: string | undefined,
  onHeight: ((height: string) => void) | undefined,
): Record<string, unknown> {
  const given: Record<string, unknown> = { ...opened };
  const now = (name: string) => (latest() as unknown as Record<string, unknown>)[name];
  const props: Record<string, unknown> = { ...given };
  for (const name of [...Object.keys(given).filter((key) => typeof given[key] === 'function'), ...lateHandlers]) {
    props[name] = (...args: unknown[]) => {
      const handler = now(name);
      return typeof handler === 'function' ? (handler as (...all: unknown[]) => unknown)(...args) : undefined;
    };
  }
  if (given.wallet == null) for (const [name, value] of Object.entries(idOnly)) props[name] ??= value;
  else
    props.wallet = new Proxy(
      {},
      { get: (_, key) => readWallet(now('wallet'), key), has: (_, key) => key in (now('wallet') as object) },
    );
  if (given.sessionKey === undefined && sessionKey !== undefined) props.sessionKey = sessionKey;
  const ownHeight = props.handleHeightChange as ((height: string) => void) | undefined;
  delete props.handleHeightChange;
  if (onHeight) {
    props.handleHeightChange = (height: string) => {
      onHeight(height);
      ownHeight?.(height);
    };
  }
  return props;
}

/**
 * What the component requires for a user known by id. The chain is only used for routing.
 *
 * Source: Coinflow's own demos open such users under `/solana/…` with the session key.
 */
const idOnly = {
  blockchain: 'solana',
  connection: {},
  wallet: {
    publicKey: null,
    sendTransaction: () => Promise.reject(new Error('This user is known by id and has no wallet to sign with.')),
  },
};

function readWallet(wallet: unknown, key: PropertyKey): unknown {
  const value: unknown = Reflect.get(wallet as object, key);
  return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(wallet) : value;
}

import type { Budgets, Operation } from './budgets';
import { isFailure, type KycEvent, type UpstreamOperation } from './events';

/**
 * Counters of one handler, or one process, since it was created; only `held` is what it holds now. They grow and never
 * shrink, so your monitoring can take the difference of two looks.
 */
export interface KycStats {
  /** Held requests, and how many users they are of. */
  readonly held: { readonly gets: number; readonly posts: number; readonly users: number };
  /** Reads of Get Withdrawer that were begun; requests that shared one count once. `upstream` counts those that went out. */
  readonly reads: number;
  /** Wake-ups of users that came through the store. */
  readonly wakeUps: number;
  /** Outages of the `store`. During one, this process goes on with what it knows itself. */
  readonly storeOutages: number;
  /** What Coinflow's limits and the kit's budgets let out, by operation. */
  readonly budgets: Readonly<Record<Operation, BudgetStats>>;
  /** Calls to Coinflow by operation, and to your `shareTokens` as `mint`. */
  readonly upstream: Readonly<Record<UpstreamOperation, UpstreamStats>>;
}

/** One operation's share of the budgets. */
export interface BudgetStats {
  /** Turns that were taken. */
  readonly spent: number;
  /** Requests that found no turn: a limit or the user's budget was used up, or a 429's Retry-After hadn't passed. */
  readonly refused: number;
  /** Times that a held request's read waited for its turn; for `reread` only. */
  readonly waited: number;
  /** 429 answers of Coinflow. */
  readonly limited: number;
  /** Retry-After of the latest 429, in seconds. 0: there was none, or it didn't say. */
  readonly retryAfterSeconds: number;
}

/** One operation's calls, and how long they took. */
export interface UpstreamStats {
  /** Calls that ended, `failures` among them. Not the abandoned ones, whose duration would tell nothing. */
  readonly count: number;
  /** Calls that timed out, got no connection, or were answered by an error that isn't about the user. */
  readonly failures: number;
  /** Calls whose answer nobody waited for any longer. */
  readonly abandoned: number;
  /** Sum of the durations, in ms. The mean is `totalMs / count`. */
  readonly totalMs: number;
  /** The longest duration, in ms. */
  readonly maxMs: number;
  /**
   * How many calls took at most `leMs`, from 50 ms to 10 s: a cumulative histogram, as Prometheus has them. The 95th
   * percentile is at most the first `leMs` whose `count` is 95 % of all.
   */
  readonly histogram: readonly { readonly leMs: number; readonly count: number }[];
}

/** Bounds of the histogram, in ms: the usual answers of an API, and the time limit by default. */
const boundsMs = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000] as const;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The counters that events and budgets move. */
export interface Counters {
  /** Counts an event, before repetitions are put together. */
  note(event: KycEvent): void;
  noteStoreOutage(): void;
  /** Counts what the budgets let out, and what they don't. */
  counted(budgets: Budgets): Budgets;
  read(): Pick<KycStats, 'storeOutages' | 'budgets' | 'upstream'>;
}

export function createCounters(): Counters {
  const newBudget = () => ({ spent: 0, refused: 0, waited: 0, limited: 0, retryAfterSeconds: 0 });
  const newCalls = () => ({ count: 0, failures: 0, abandoned: 0, totalMs: 0, maxMs: 0, within: boundsMs.map(() => 0) });
  const budgetOf: Record<Operation, Mutable<BudgetStats>> = {
    read: newBudget(),
    reread: newBudget(),
    register: newBudget(),
    sessionKey: newBudget(),
  };
  const callsOf = {
    read: newCalls(),
    reread: newCalls(),
    register: newCalls(),
    sessionKey: newCalls(),
    mint: newCalls(),
  } satisfies Record<UpstreamOperation, unknown>;
  let storeOutages = 0;

  /** Counts what `take` throws as refused. */
  async function turn<T>(operation: Operation, take: () => Promise<T>): Promise<T> {
    try {
      return await take();
    } catch (error) {
      budgetOf[operation].refused++;
      throw error;
    }
  }

  return {
    note(event) {
      if (event.type !== 'upstream') return;
      const { operation, outcome, durationMs } = event;
      const calls = callsOf[operation];
      if (outcome === 'abandoned') {
        calls.abandoned++;
        return;
      }
      calls.count++;
      if (isFailure(outcome)) calls.failures++;
      calls.totalMs += durationMs;
      calls.maxMs = Math.max(calls.maxMs, durationMs);
      boundsMs.forEach((leMs, i) => durationMs <= leMs && (calls.within[i] = (calls.within[i] ?? 0) + 1));
    },

    noteStoreOutage() {
      storeOutages++;
    },

    counted: (budgets) => ({
      ...budgets,
      async spend(operation, userHash) {
        await turn(operation, () => budgets.spend(operation, userHash));
        // A registration takes its turn by `spendRegistration`.
        if (operation !== 'register') budgetOf[operation].spent++;
      },
      async spendRegistration(userHash) {
        const takeBack = await turn('register', () => budgets.spendRegistration(userHash));
        budgetOf.register.spent++;
        return takeBack;
      },
      async spendRead(userHash) {
        const waitMs = await budgets.spendRead(userHash);
        if (waitMs > 0) budgetOf.reread.waited++;
        return waitMs;
      },
      limited(operation, userHash, retryAfterSeconds) {
        budgetOf[operation].limited++;
        budgetOf[operation].retryAfterSeconds = retryAfterSeconds;
        return budgets.limited(operation, userHash, retryAfterSeconds);
      },
    }),

    read: () => ({
      storeOutages,
      budgets: mapped(budgetOf, (budget) => ({ ...budget })),
      upstream: mapped(callsOf, ({ within, ...calls }) => ({
        ...calls,
        histogram: boundsMs.map((leMs, i) => ({ leMs, count: within[i] ?? 0 })),
      })),
    }),
  };
}

function mapped<Key extends string, From, To>(from: Record<Key, From>, to: (value: From) => To): Record<Key, To> {
  return Object.fromEntries(Object.entries<From>(from).map(([key, value]) => [key, to(value)])) as Record<Key, To>;
}

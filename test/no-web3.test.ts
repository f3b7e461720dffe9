import * as tslib from 'tslib';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json';
import { isWithoutWeb3 } from '../src/contract/web3Mark';
import { sourcesOf, web3UseOf } from './web3UseOf';

const before = isWithoutWeb3();
const noWeb3: Record<string, unknown> = await import('../src/no-web3');
const sources = sourcesOf('@coinflowlabs/react');
const used = web3UseOf(sources);

describe('the stand-in for web3', () => {
  it('has every name of web3 that the installed Coinflow component and its dependencies use, in every build of theirs', () => {
    expect(used).toEqual([
      'Transaction',
      'Transaction.from',
      'VersionedTransaction',
      'VersionedTransaction.deserialize',
    ]);
    for (const name of used) expect(valueOf(name), name).toBeTypeOf('function');
  });

  it('has no other names, so that a further import of web3 fails the build, not the user', () => {
    expect(Object.keys(noWeb3)).toEqual(used.filter((name) => !name.includes('.')));
  });

  it.each(used)('names the alias and the way back when %s is used', (name) => {
    const value = valueOf(name);
    expect(
      () => void (name.includes('.') ? Reflect.apply(value, undefined, []) : Reflect.construct(value, [])),
    ).toThrow(/kyc-reuse-gate\/no-web3.* remove that alias/);
  });

  it('leaves its mark when it is imported, and not before', () => {
    expect(before).toBe(false);
    expect(isWithoutWeb3()).toBe(true);
  });

  it('is declared in package.json to do something when evaluated, so that no bundler drops its mark', () => {
    expect(manifest.sideEffects).toContain(manifest.exports['./no-web3'].default);
  });

  it('can be evaluated the way Coinflow’s CommonJS build does, which copies every name', () => {
    expect(Object.keys(tslib.__importStar({ ...noWeb3 }))).toEqual(expect.arrayContaining(Object.keys(noWeb3)));
  });
});

describe('the reading of Coinflow’s builds', () => {
  it('covers both builds, and the dependencies', () => {
    for (const part of [
      '@coinflowlabs/react/build/esm/',
      '@coinflowlabs/react/build/cjs/',
      '@nsure-ai/',
      'bs58/',
      'base-x/',
    ])
      expect(
        [...sources.keys()].some((path) => path.startsWith(part)),
        part,
      ).toBe(true);
  });

  it.each([
    ['a named import', "import { PublicKey as Key } from '@solana/web3.js';", ['PublicKey']],
    [
      'a namespace, renamed',
      "import * as web3 from '@solana/web3.js'; const all = web3; all.Keypair.generate();",
      ['Keypair', 'Keypair.generate'],
    ],
    [
      'a required namespace',
      'const web3_js_1 = require("@solana/web3.js"); new web3_js_1.Connection();',
      ['Connection'],
    ],
    ['a destructured namespace', 'const { Keypair: Pair } = require("@solana/web3.js");', ['Keypair']],
  ])('sees %s', (_, code, names) => {
    expect(web3UseOf(new Map([['new.js', code]]))).toEqual(names);
  });

  it('sees a namespace that another file uses under a name of its own', () => {
    const files = [
      ['deps.js', 'const Web3 = __importStar(require("@solana/web3.js")); exports.chain = Web3;'],
      ['use.js', 'const web3Deps = require("./deps"); web3Deps.chain.PublicKey.default;'],
    ] as const;
    expect(web3UseOf(new Map(files))).toEqual(['PublicKey', 'PublicKey.default']);
  });

  it.each([
    "export * from '@solana/web3.js';",
    "import web3 from '@solana/web3.js';",
    "use(import('@solana/web3.js'));",
    "import * as web3 from '@solana/web3.js'; web3[name];",
  ])('gives up loudly on what it cannot follow: %s', (code) => {
    expect(() => web3UseOf(new Map([['new.js', code]]))).toThrow(
      /new\.js (imports|uses) .*web3.* in a way this test cannot follow/,
    );
  });
});

/** The stand-in's value for `Name` or `Name.member`. */
function valueOf(path: string): () => unknown {
  let value: unknown = noWeb3;
  for (const name of path.split('.')) value = (value as Record<string, unknown>)[name];
  return value as () => unknown;
}

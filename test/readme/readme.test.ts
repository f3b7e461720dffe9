import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failures } from '../../src/contract/failures';
import { holdMs } from '../../src/contract/limits';
import { kitErrors } from '../../src/server/answers';
import { checkCode, codeBlocks } from './checkCode';
import { readPublicNames } from './publicNames';

const root = join(import.meta.dirname, '..', '..');
const readme = read('README.md');
const browser = readPublicNames('index.ts');
const server = readPublicNames('server.ts');

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Rows of the table whose head begins with this cell, without the head: cells as text. */
function table(head: string): string[][] {
  const [, after = ''] = readme.split(`\n| ${head} |`);
  const [rows = ''] = after.split('\n\n');
  return rows
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Names in the first column of a table. */
function names(head: string): string[] {
  return table(head)
    .map(([first = '']) => first.replaceAll('`', ''))
    .sort();
}

describe("the README's code", () => {
  const blocks = codeBlocks(readme);

  it('type-checks, block by block', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(2);
    expect(checkCode(blocks)).toEqual([]);
  }, 60_000);

  it.each([
    ['a prop that does not exist', 'tsx', 'subject=', 'subjekt='],
    ['an import that does not exist', 'ts', 'personaShareTokens }', 'personaTokens }'],
    ['an undeclared name', 'ts', 'yourSession(', 'yourSessions('],
    ['a syntax error', 'tsx', 'return (', 'return ('.repeat(2)],
  ] as const)(
    'would not type-check with %s',
    (_, language, before, after) => {
      const broken = blocks.map((block) =>
        block.language === language ? { ...block, code: block.code.replace(before, after) } : block,
      );
      expect(broken).not.toEqual(blocks);
      expect(checkCode(broken)).not.toEqual([]);
    },
    60_000,
  );

  it('is ten lines or so for the browser, and for the server', () => {
    const [first, second] = blocks.map(
      ({ code }) => code.split('\n').filter((line) => /\w/.test(line) && !line.startsWith('import ')).length,
    );
    expect(first).toBeLessThanOrEqual(10);
    expect(second).toBeLessThanOrEqual(10);
  });
});

describe("the README's tables name what the sources have", () => {
  it('props', () =>
    expect(names('prop')).toEqual(
      browser.propsOf('KycReuseGateProps').filter((name) => name !== 'key' && name !== 'ref'),
    ));
  it('states', () => expect(names('state')).toEqual(browser.valuesOf('GateState', 'status')));
  it('failure codes', () => expect(names('code')).toEqual(browser.membersOf('FailureCode')));
  it('options of the handler', () =>
    expect(names('option of `createKycReuseHandler`')).toEqual(server.propsOf('KycReuseHandlerOptions')));
  it('options of the prefetch', () =>
    expect(names('option of `prefetchKycReuse`')).toEqual(browser.propsOf('PrefetchKycReuseOptions')));
  it('how long a POST is held, on both sides', () => {
    const [, held = ''] = table('option of `createKycReuseHandler`').find(([name]) => name === '`holdMs`') ?? [];
    expect(held).toContain(`Default ${holdMs}`);
    expect(readme).toContain(`Prefer: wait=${holdMs / 1000}\``);
  });
  it('what the hook gives', () =>
    expect(names('result of `useKycReuseGate`')).toEqual(browser.propsOf('KycReuseGateResult')));

  it('parts, each a value of its attribute', () => {
    const [, , parts = ''] = table('attribute').find(([name]) => name === '`data-kyc-part`') ?? [];
    expect([...parts.matchAll(/`(\w+)`/g)].map(([, part]) => part).sort()).toEqual(browser.propsOf('Parts'));
  });

  it('what a failure of the kit is answered with, and never with a 502 or 504', () => {
    const statuses = Object.values(kitErrors).map(({ httpStatus }) => httpStatus);
    const answers =
      table('request')
        .find(([first]) => first === 'any of these')
        ?.at(2) ?? '';
    const named = [...answers.matchAll(/(?<!\d)([45]\d\d)(?!\d)/g)].map(([, status]) => Number(status));
    expect(named).toEqual([401, 403, 409, 429, 500, 503]);
    expect(statuses).toEqual(expect.arrayContaining(named));
    expect(statuses.filter((status) => status >= 500 && !named.includes(status))).toEqual([]);
  });

  it('tokens, each with its CSS variable, which the style sheet reads', () => {
    const tokens = browser.propsOf('Tokens');
    expect(names('token')).toEqual(tokens);
    const css = read('src/styles.css');
    for (const [token = '', variable = ''] of table('token').map((row) =>
      row.map((cell) => cell.replaceAll('`', '')),
    )) {
      expect(variable).toBe(`--kyc-gate-${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
      expect(css).toContain(`var(${variable}`);
    }
  });

  it('locales, each under the name that its file exports', () => {
    const files = readdirSync(join(root, 'src', 'locales'));
    expect(table('language').map(([, code]) => code)).toEqual(
      files.map((file) => {
        const [, name] = /export (?:const|\{) (\w+)/.exec(read(`src/locales/${file}`)) ?? [];
        return `\`{ ${name} } from 'kyc-reuse-gate/locales/${file.replace('.ts', '')}'\``;
      }),
    );
  });

  it('what continues by itself after a failure, and what does not', () => {
    const continues = table('code').filter(([, , then]) => then?.startsWith('continues by itself'));
    const onFocus = table('code').filter(([, , then]) => then === 'reads again on focus');
    const codesOf = (course: string) =>
      Object.entries(failures)
        .filter(([, row]) => row.course === course)
        .map(([code]) => code)
        .sort();
    expect(continues.map(([code = '']) => code.replaceAll('`', '')).sort()).toEqual(codesOf('transient'));
    expect(onFocus.map(([code = '']) => code.replaceAll('`', '')).sort()).toEqual(codesOf('signIn'));
  });
});

describe('SECURITY.md', () => {
  it('names, for every attacker, tests that are there by the titles that it quotes', () => {
    const security = read('SECURITY.md');
    const rows = security
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(1);
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row.split('|')[3]).toMatch(/`test\/[\w/]+\.test\.tsx?`: "/);
    const quoted = [...security.matchAll(/`(test\/[\w/.]+)`: ("[^"]+"(?:, "[^"]+")*)/g)];
    const titles = quoted.flatMap(([, file = '', list = '']) =>
      list.split(/(?<="), /).map((title) => [file, title.slice(1, -1)] as const),
    );
    expect(titles.length).toBeGreaterThan(rows.length);
    expect(titles.filter(([file, title]) => !read(file).includes(title))).toEqual([]);
  });
});

describe('the README', () => {
  it('shows a picture that is there, and is light', () => {
    const [, picture = ''] = /!\[[^\]]{40,}\]\(([^)]+\.png)\)/.exec(readme) ?? [];
    expect(statSync(join(root, picture)).size).toBeLessThan(200_000);
  });

  it('and its sister pages link to files, and name commands and files, that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const pages = [readme, read('CONTRIBUTING.md'), read('SECURITY.md')].join('\n');
    const files = [
      ...pages.matchAll(/\]\((?!https?:)([^)#]+)\)/g),
      ...pages.matchAll(/`((?:test|src|simulator|demo|scripts|stories)\/[\w./-]*)`/g),
    ].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    for (const [, name = ''] of pages.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty(name);
  });

  it('has the packages installed that Coinflow’s component is tested with', () => {
    const { devDependencies, peerDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const [, install = ''] = /npm install kyc-reuse-gate (.+)/.exec(readme) ?? [];
    const wanted = install.split(' ').map((it) => /^(@?[^@]+)(?:@(\d+))?$/.exec(it)?.slice(1) ?? []);
    for (const [name = '', major] of wanted) {
      expect(devDependencies).toHaveProperty([name]);
      if (major !== undefined) expect(devDependencies?.[name]).toMatch(new RegExp(`^${major}\\.`));
    }
    // Only who runs several instances needs `redis`.
    const peers = Object.keys(peerDependencies ?? {}).filter((name) => !/^(react|redis)/.test(name));
    expect(wanted.map(([name]) => name)).toEqual(expect.arrayContaining(peers));
  });
});

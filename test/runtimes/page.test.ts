import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runtimes, versions } from '../../scripts/runtimes/runtimes';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'runtimes.md'), 'utf8');
const [preface = '', ...sections] = page.split(/^## /m);

const shown = (text: string) => [...text.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code);
/** A file as the page shows it, under its name. */
const app = (file: string, folder = '.') =>
  `// ${file}\n${readFileSync(join(import.meta.dirname, folder, file), 'utf8')}`;

it('docs/runtimes.md shows the options that every app is run with', () =>
  expect(shown(preface)).toEqual([app('options.js')]));

it('docs/runtimes.md has a section for each runtime that is run, and for no other', () =>
  expect(sections.map((section) => section.split('\n')[0]).sort()).toEqual(runtimes.map(({ name }) => name).sort()));

it.each(runtimes.map((runtime) => [runtime.name, runtime] as const))(
  'docs/runtimes.md shows the app that is run on %s, and its version',
  (name, { folder, app: file, version }) => {
    expect(sections.filter((section) => section.startsWith(`${name}\n`)).flatMap(shown)).toEqual([app(file, folder)]);
    const row = new RegExp(`^\\| ${name} \\| (.*) \\|$`, 'm').exec(preface)?.[1];
    expect(row).toBe(
      { 'node:http': 'the Node that runs the check', 'Cloudflare Workers': `workerd ${versions.workerd}` }[name] ??
        version,
    );
  },
);

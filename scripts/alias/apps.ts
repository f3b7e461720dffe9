import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, 'app');
const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');

/** A merchant's app on one bundler. */
export interface App {
  readonly name: string;
  /** Folder of its files in `scripts/alias/app`, beside `Payout.tsx`. */
  readonly files: 'vite' | 'webpack' | 'next';
  /** The first line of its recipe in the README, without the slashes. */
  readonly recipe: string;
  /** The module that its configuration takes the recipe from, and what stands there without one. */
  readonly recipeFile: string;
  readonly noRecipe: string;
  /** Node's arguments, in the app's folder. */
  readonly build: readonly string[];
  /** Folders that the build writes, the one to be served first. */
  readonly output: readonly [string, ...string[]];
}

const next = {
  files: 'next',
  recipe: 'next.config.mjs',
  recipeFile: 'recipe.mjs',
  noRecipe: 'export default {};',
  output: ['out', '.next/server'],
} as const;

/** The bundlers that the README has a recipe for. */
export const apps: readonly App[] = [
  {
    name: 'Vite',
    files: 'vite',
    recipe: 'vite.config.ts',
    recipeFile: 'recipe.ts',
    noRecipe: 'export default {};',
    build: ['../node_modules/vite/bin/vite.js', 'build'],
    output: ['out'],
  },
  {
    name: 'webpack',
    files: 'webpack',
    recipe: 'webpack.config.cjs',
    recipeFile: 'recipe.cjs',
    noRecipe: 'module.exports = {};',
    build: ['build.cjs'],
    output: ['out'],
  },
  { ...next, name: 'Next.js, Turbopack', build: ['../node_modules/next/dist/bin/next', 'build', '--turbopack'] },
  { ...next, name: 'Next.js, webpack', build: ['../node_modules/next/dist/bin/next', 'build', '--webpack'] },
];

/** A file of a build's output. */
export interface Built {
  /** From the served folder, or, outside of it, from the app. */
  readonly path: string;
  readonly code: string;
}

/**
 * Builds an app for production, as a merchant does.
 *
 * @param root holds the `node_modules`
 * @param isAliased with the README's recipe, or without
 * @returns the folder to serve, and every script that was written
 */
export function buildApp(
  app: App,
  root: string,
  isAliased: boolean,
): { readonly folder: string; readonly scripts: Built[] } {
  const home = join(root, 'app');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, 'app'), { recursive: true });
  // Next.js has its pages in a folder `app`.
  for (const file of readdirSync(join(fixtures, app.files)))
    cpSync(join(fixtures, app.files, file), join(home, file.endsWith('.tsx') ? 'app' : '', file));
  for (const file of ['Payout.tsx', 'main.tsx', 'tsconfig.json']) cpSync(join(fixtures, file), join(home, file));
  writeFileSync(join(home, app.recipeFile), isAliased ? recipeOf(app.recipe) : app.noRecipe);
  try {
    execFileSync(process.execPath, app.build, {
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${app.name} did not build ${isAliased ? 'with' : 'without'} the alias:\n${stdout}\n${stderr}`);
  }
  const scripts = app.output.flatMap((output, i) =>
    readdirSync(join(home, output), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.[cm]?js$/.test(file))
      .map((file) => ({
        path: i === 0 ? file : join(output, file),
        code: readFileSync(join(home, output, file), 'utf8'),
      })),
  );
  return { folder: join(home, app.output[0]), scripts };
}

/** The README's code block that begins with the file's name. */
function recipeOf(file: string): string {
  const block = [...readme.matchAll(/^```\w+\n(.*?)^```$/gms)].find(([, code]) => code?.startsWith(`// ${file}\n`));
  if (!block?.[1]) throw new Error(`README.md has no code block that begins with "// ${file}".`);
  return block[1];
}

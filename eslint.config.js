import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Who may import whom inside `src`; everything else is an error. `*` in a path stands for the entries beside the folders. */
const mayImport = {
  contract: [],
  gate: ['contract'],
  client: ['contract', 'gate'],
  react: ['contract', 'gate', 'client'],
  locales: ['contract', 'gate', 'react'],
  server: ['contract'],
  redis: ['contract', 'server'],
  testing: ['contract', 'gate'],
};
const folders = Object.keys(mayImport);

const boundaries = Object.entries(mayImport).map(([folder, allowed]) => ({
  files: [`src/${folder}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: folders
              .filter((other) => other !== folder && !allowed.includes(other))
              .flatMap((other) => [`**/${other}`, `**/${other}/**`]),
            message: `src/${folder} may import only from: ${allowed.join(', ') || 'nothing of ours'}. See CONTRIBUTING.md.`,
          },
          {
            group: ['**/simulator/**', '**/demo/**', '**/test/**'],
            message: 'The library must not import what is not shipped.',
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      ...['dist', 'node_modules', 'storybook-static', 'coverage', 'demo/dist'],
      ...['scripts/alias/app/**/*.{mjs,cjs}', 'test/runtimes/**/*.js'],
    ],
  },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Numbers and booleans read well in templates.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => listener()` and `(error) => isHere && set(…)` say what they mean.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // A plain-JavaScript caller does not keep to the types; the borders check all the same.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/only-throw-error': ['error', { allow: ['GateError', 'KitError'] }],
    },
  },
  { files: ['**/*.{ts,tsx}'], plugins: { 'react-hooks': hooks }, rules: hooks.configs['recommended-latest'].rules },
  ...boundaries,
  {
    // Coinflow and web3 load lazily, with the form.
    files: ['src/**'],
    ignores: ['src/react/form/CoinflowForm.tsx'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@coinflowlabs/react',
              allowTypeImports: true,
              message: 'Only CoinflowForm.tsx imports Coinflow; it loads lazily.',
            },
          ],
        },
      ],
    },
  },
  { files: ['eslint.config.js'], extends: [tseslint.configs.disableTypeChecked] },
);

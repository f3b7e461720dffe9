import { ESLint } from 'eslint';
import { expect, it } from 'vitest';

const eslint = new ESLint();

/** Lints an existing file as if it began with this import. */
async function rulesBrokenBy(file: string, line: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${line}\nexport const probe = imported;\n`, { filePath: file });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

it.each([
  ['src/contract/limits.ts', '../gate/polling'],
  ['src/gate/polling.ts', '../client/subject'],
  ['src/client/subject.ts', '../react/useKycReuseGate'],
  ['src/react/messages.ts', '../server/answers'],
  ['src/server/answers.ts', '../react/messages'],
  ['src/server/answers.ts', '../gate/polling'],
  ['src/server/answers.ts', '../redis/store'],
  ['src/redis/store.ts', '../client/subject'],
  ['src/testing/sampleStates.ts', '../client/subject'],
  ['src/react/messages.ts', '../locales/de'],
  ['src/locales/de.ts', '../client/subject'],
  ['src/contract/limits.ts', '../../simulator/index'],
])('lint keeps %s from importing %s', { timeout: 60_000 }, async (file, imported) => {
  expect(await rulesBrokenBy(file, `import * as imported from '${imported}';`)).toContain('no-restricted-imports');
});

it('lint lets only the form import Coinflow, since it loads lazily', { timeout: 60_000 }, async () => {
  const line = "import { CoinflowWithdraw as imported } from '@coinflowlabs/react';";
  expect(await rulesBrokenBy('src/react/form/identity.ts', line)).toContain('@typescript-eslint/no-restricted-imports');
  expect(await rulesBrokenBy('src/react/form/CoinflowForm.tsx', line)).not.toContain(
    '@typescript-eslint/no-restricted-imports',
  );
});

import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');

/** A code block: `ts` or `tsx`, and the text. */
export interface CodeBlock {
  readonly language: 'ts' | 'tsx';
  readonly code: string;
}

/** The TypeScript blocks of a Markdown text, in order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(/^```(tsx?)\n(.*?)^```$/gms)].map(([, language, code = '']) => ({
    language: language as CodeBlock['language'],
    code,
  }));
}

/** The project's own compiler settings, read once. */
export function compilerOptions(): ts.CompilerOptions {
  const { config, error } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
    error?: ts.Diagnostic;
  };
  if (error) throw new Error(textOf(error));
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, noEmit: true };
}

/**
 * Type-checks code blocks as modules beside `README.md`, with what `placeholders.d.ts` declares. The block with `createKycReuseHandler` is `./kyc` to the others.
 *
 * @returns one line per error: the block's number, from 1, and the compiler's words
 */
export function checkCode(blocks: readonly CodeBlock[]): string[] {
  const files = new Map(
    blocks.map(({ language, code }, i) => [
      join(root, code.includes('export const kyc =') ? 'kyc.ts' : `README-${i + 1}.${language}`),
      { code, block: i + 1 },
    ]),
  );
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => files.get(path)?.code ?? readFile.call(host, path);
  host.fileExists = (path) => files.has(path) || fileExists.call(host, path);
  host.getSourceFile = (path, version, ...others) => {
    const own = files.get(path);
    return own
      ? ts.createSourceFile(path, own.code, version, true)
      : getSourceFile.call(host, path, version, ...others);
  };
  const program = ts.createProgram([join(import.meta.dirname, 'placeholders.d.ts'), ...files.keys()], options, host);
  return [...files].flatMap(([path, { block }]) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (it) => `block ${block}: ${textOf(it)}`,
    );
  });
}

function textOf(diagnostic: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
}

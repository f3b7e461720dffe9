import { join } from 'node:path';
import ts from 'typescript';
import { compilerOptions } from './checkCode';

const src = join(import.meta.dirname, '..', '..', 'src');

/** Names in the library's public types, read by the compiler. */
export interface PublicNames {
  /** Every property that a type has in any of its arms. */
  propsOf(type: string): string[];
  /** Members of a union of texts, or names of an interface of tokens. */
  membersOf(type: string): string[];
  /** Values of a property in all arms of a union. */
  valuesOf(type: string, property: string): string[];
}

/** Reads the exported types of an entry of `src`. */
export function readPublicNames(entry: 'index.ts' | 'server.ts'): PublicNames {
  const program = ts.createProgram([join(src, entry)], compilerOptions());
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(src, entry));
  const module = source && checker.getSymbolAtLocation(source);
  const exports = module ? checker.getExportsOfModule(module) : [];

  function typeOf(name: string): ts.Type {
    const symbol = exports.find((it) => it.name === name);
    if (!symbol) throw new Error(`${entry} exports no ${name}.`);
    return checker.getDeclaredTypeOfSymbol(
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    );
  }
  const armsOf = (type: ts.Type) => (type.isUnion() ? type.types : [type]);
  const literals = (type: ts.Type) => armsOf(type).flatMap((arm) => (arm.isStringLiteral() ? [arm.value] : []));

  return {
    propsOf: (name) =>
      unique(armsOf(typeOf(name)).flatMap((arm) => checker.getPropertiesOfType(arm).map((it) => it.name))),
    membersOf: (name) => unique(literals(typeOf(name))),
    valuesOf: (name, property) =>
      unique(
        armsOf(typeOf(name)).flatMap((arm) => {
          const symbol = checker.getPropertyOfType(arm, property);
          return symbol ? literals(checker.getTypeOfSymbol(symbol)) : [];
        }),
      ),
  };
}

function unique(names: string[]): string[] {
  return [...new Set(names)].sort();
}

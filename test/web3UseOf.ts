import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';

const web3 = '@solana/web3.js';

/** Sources of an installed package and of all that it depends on, as `package/file` → text; every build that it has. */
export function sourcesOf(name: string, from = import.meta.filename, found = new Map<string, string>()) {
  const folder = folderOf(name, from);
  if (!folder || found.has(join(name, 'package.json'))) return found;
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  found.set(join(name, 'package.json'), manifest);
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/^(?!.*node_modules).*\.[cm]?js$/.test(file))
      found.set(join(name, file), readFileSync(join(folder, file), 'utf8'));
  const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: Record<string, string> };
  for (const dependency of Object.keys(dependencies)) sourcesOf(dependency, join(folder, 'package.json'), found);
  return found;
}

/** Where Node would find the package; its `exports` need not list its manifest. */
function folderOf(name: string, from: string): string | undefined {
  return createRequire(from)
    .resolve.paths(name)
    ?.map((folder) => join(folder, name))
    .find((folder) => {
      try {
        return readdirSync(folder).includes('package.json');
      } catch {
        return false;
      }
    });
}

/**
 * What sources use of web3: `Name`, and `Name.member` where a member is called or read. Follows a namespace from file to file, by name.
 *
 * @throws {Error} where web3 is imported in a way that cannot be followed
 */
export function web3UseOf(sources: ReadonlyMap<string, string>): string[] {
  const files = [...sources]
    .filter(([path, text]) => /js$/.test(path) && /web3/i.test(text))
    .map(([path, text]) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  const names = new Set<string>();
  const namespaces = new Set<string>();
  for (const file of files) visit(file, (node) => readImport(node, names, namespaces));
  for (let before = -1; before !== namespaces.size;) {
    before = namespaces.size;
    for (const file of files) visit(file, (node) => readAlias(node, namespaces));
  }
  for (const file of files) {
    visit(file, (node) => {
      if (ts.isElementAccessExpression(node) && namespaces.has(nameOf(node.expression)))
        throw new Error(`${file.fileName} uses web3 in a way this test cannot follow: ${node.getText()}`);
      if (
        ts.isPropertyAccessExpression(node) &&
        namespaces.has(nameOf(node.expression)) &&
        !namespaces.has(node.name.text)
      )
        names.add(node.name.text);
    });
  }
  const members = new Set<string>();
  for (const file of files) {
    visit(file, (node) => {
      if (ts.isPropertyAccessExpression(node) && names.has(nameOf(node.expression)))
        members.add(`${nameOf(node.expression)}.${node.name.text}`);
    });
  }
  return [...names, ...members].sort();
}

function readImport(node: ts.Node, names: Set<string>, namespaces: Set<string>): void {
  if (!ts.isStringLiteral(node) || node.text !== web3) return;
  const { parent } = node;
  const bindings = ts.isImportDeclaration(parent) ? parent.importClause : undefined;
  if (bindings?.namedBindings && ts.isNamedImports(bindings.namedBindings) && !bindings.name)
    return bindings.namedBindings.elements.forEach((it) => names.add((it.propertyName ?? it.name).text));
  if (bindings?.namedBindings && ts.isNamespaceImport(bindings.namedBindings) && !bindings.name)
    return void namespaces.add(bindings.namedBindings.name.text);
  // `require(…)`, perhaps inside a helper such as `__importStar(…)`.
  let around: ts.Node = parent;
  while (ts.isCallExpression(around)) around = around.parent;
  if (ts.isCallExpression(parent) && ts.isVariableDeclaration(around)) {
    if (ts.isIdentifier(around.name)) return void namespaces.add(around.name.text);
    if (ts.isObjectBindingPattern(around.name))
      return around.name.elements.forEach((it) => names.add((it.propertyName ?? it.name).getText()));
  }
  throw new Error(
    `${node.getSourceFile().fileName} imports ${web3} in a way this test cannot follow: ${parent.getText()}`,
  );
}

/** `const other = namespace`, `exports.other = namespace`, `import { namespace as other }`, `export { namespace as other }`. */
function readAlias(node: ts.Node, namespaces: Set<string>): void {
  if (ts.isVariableDeclaration(node) && node.initializer && namespaces.has(nameOf(node.initializer)))
    namespaces.add(node.name.getText());
  if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    namespaces.has(nameOf(node.right))
  )
    namespaces.add(nameOf(node.left));
  if (
    (ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) &&
    node.propertyName &&
    namespaces.has(node.propertyName.text)
  )
    namespaces.add(node.name.text);
}

/** The last name of an expression: `b` of `a.b`. */
function nameOf(node: ts.Node): string {
  return ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : '';
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

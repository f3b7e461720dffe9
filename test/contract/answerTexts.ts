import fc from 'fast-check';

/** JSON before it is text: a map is a list of pairs, so that a key may stand twice or be `__proto__`; a leaf is as it will be written. */
type Tree = { readonly pairs: [key: string, Tree][] } | { readonly items: Tree[] } | string;

/** A text about a withdrawer that is as it should be, or is so but for a few values and keys. Always JSON. */
export function nearlyRecords(): fc.Arbitrary<string> {
  return spoilt(record);
}

/** What a backend answers to a GET, record or error, each spoilt in the same way. Always JSON. */
export function nearlyAnswers(): fc.Arbitrary<string> {
  return spoilt(fc.oneof({ weight: 4, arbitrary: record }, { weight: 1, arbitrary: error }));
}

/** Maps of any depth, with the keys and the words that count. Always JSON. */
export function oddBodies(): fc.Arbitrary<string> {
  const word = fc.constantFrom(
    'withdrawer',
    'verification',
    'status',
    'approved',
    'attested',
    'verificationLink',
    'constructor',
  );
  return fc
    .object({
      key: fc.oneof(word, fc.string()),
      values: [fc.boolean(), word, fc.integer(), fc.constant(null)],
      maxDepth: 3,
      maxKeys: 4,
    })
    .map((it) => JSON.stringify(it));
}

/** Bytes that a connection, a proxy or a script has had its hands in: cut, changed, repeated, wrapped, nested deeply. Seldom JSON where that happened. */
export function spoiltBytes(texts: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const marks = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '\\u',
    '9',
    'e',
    '-',
    '\0',
    '\u2028',
    '\uFEFF',
    '\uD800',
    '“',
    '/*',
    'null',
    'true',
  );
  const edits = fc.array(
    fc.record({ at: fc.nat(), cut: fc.constantFrom(0, 1, 1, 7, 1e6), put: fc.oneof(marks, fc.constant('')) }),
    { maxLength: 2 },
  );
  const wraps = fc.oneof(
    { weight: 120, arbitrary: fc.constant((text: string) => text) },
    ...[
      (text: string) => `\uFEFF${text}`,
      (text: string) => `\uFEFF\uFEFF${text}`,
      (text: string) => `)]}'\n${text}`,
      (text: string) => `\r\n\t ${text}\n`,
      (text: string) => text + text,
      (text: string) => JSON.stringify(text),
      (text: string) => `${'['.repeat(2_000)}${text}${']'.repeat(2_000)}`,
      (text: string) => text.replace('{', `{"deep":${'{"a":['.repeat(2_000)}${']}'.repeat(2_000)},`),
      (text: string) => text.replace('{', `{"huge":-${'9'.repeat(400)}e+${'9'.repeat(400)},`),
      (text: string) => text.replace('{', '{"withdrawer":{"verification":{"status":"approved"}},'),
    ].map((wrap) => ({ weight: 10, arbitrary: fc.constant(wrap) })),
    {
      weight: 1,
      arbitrary: fc.constantFrom(...[0, 1].map((more) => (text: string) => text.padEnd(256 * 1024 + more))),
    },
  );
  const bytes = fc.array(fc.record({ at: fc.nat(), to: fc.nat(255) }), { maxLength: 1 });
  return fc.tuple(texts, edits, wraps, bytes).map(([text, changes, wrap, wrong]) => {
    let edited = text;
    for (const { at, cut, put } of changes) {
      const from = at % (edited.length + 1);
      edited = edited.slice(0, from) + put + edited.slice(from + cut);
    }
    const sent = new TextEncoder().encode(wrap(edited));
    for (const { at, to } of wrong) sent[at % (sent.length || 1)] = to;
    return sent;
  });
}

const words = fc.constantFrom(
  'approved',
  'approved',
  'pending',
  'partial-approval',
  'rejected',
  'expired',
  'awaiting-moon',
);
const links = fc.constantFrom('https://coinflow.cash/a', 'https://elsewhere.test/b', '');
const verification = fc.record(
  {
    status: words,
    attested: fc.constantFrom(true, false, null),
    vendor: fc.constantFrom('persona', 'sumsub', null),
    shareToken: fc.constant('cnst_secret'),
  },
  { requiredKeys: ['status'] },
);
const withdrawer = fc.record(
  {
    verification,
    availability: fc.record({
      status: fc.constantFrom('Functional', 'Functional', 'Blocked', 'Override', null),
      reason: fc.constant('note'),
    }),
    watchlistExempt: fc.constantFrom('Unknown', 'UnderReview', 'Passed', 'Passed', 'Blocked', null),
    bankAccounts: fc.constant([{ token: 'bank_secret' }]),
  },
  { requiredKeys: ['verification'] },
);
const record = fc.oneof(
  { weight: 1, arbitrary: fc.record({ withdrawer: fc.constant(null) }) },
  { weight: 20, arbitrary: fc.record({ withdrawer }) },
  {
    weight: 20,
    arbitrary: fc.record(
      {
        withdrawer,
        verification,
        verificationLink: links,
        additionalVerificationLinks: fc.array(
          fc.record({ name: fc.constantFrom('Proof of address', null), link: links }, { requiredKeys: ['link'] }),
          { maxLength: 2 },
        ),
        rejectionReasons: fc.constantFrom(['blurred'], [7, 'blurred'], []),
      },
      { requiredKeys: ['withdrawer'] },
    ),
  },
);
const absent = 'No withdrawer associated with wallet 0x1';
const error = fc.record(
  {
    message: fc.constantFrom(absent, 'Unauthorized'),
    details: fc.constantFrom(absent, 'no such key'),
    error: fc.record({
      code: fc.constantFrom('rateLimited', 'server', 'constructor', '__proto__'),
      notSent: fc.boolean(),
    }),
  },
  { requiredKeys: [] },
);

const oddValues = fc.constantFrom(
  ...[
    'null',
    'true',
    'false',
    '0',
    '1',
    '-0',
    '1e999',
    '-1e-999',
    '9'.repeat(400),
    '""',
    '" approved"',
    '"Approved"',
    '"true"',
    '"\\ud800"',
    '"\\u0061pproved"',
  ],
  ...['approved', 'pending', 'partial-approval', 'rejected', 'expired', 'Blocked', 'Functional'].map((it) =>
    JSON.stringify(it),
  ),
  ...['[]', '{}', '[null]', '["approved"]', '[{"link":"https://coinflow.cash/c"}]', '{"length":1,"0":{"link":"d"}}'],
  ...[
    '{"status":"approved"}',
    '{"status":"Blocked"}',
    '{"verification":{"status":"approved"}}',
    '{"__proto__":{"status":"approved","attested":true}}',
  ],
  '{"toString":null,"valueOf":1,"then":true}',
);
const oddKeys = fc.constantFrom(
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'Status', '', 'length', '0'],
  ...[
    'withdrawer',
    'verification',
    'status',
    'attested',
    'availability',
    'watchlistExempt',
    'verificationLink',
    'additionalVerificationLinks',
    'link',
  ],
);

/** Up to three places of a value have another value, another key, none at all, or stand twice. */
function spoilt(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const changes = fc.array(
    fc.record({
      at: fc.nat(),
      how: fc.constantFrom('replace', 'replace', 'rename', 'drop', 'before', 'after'),
      value: oddValues,
      key: oddKeys,
    }),
    { maxLength: 3 },
  );
  return fc.tuple(values, changes).map(([value, all]) => {
    const tree = treeOf(value);
    for (const { at, how, value: to, key } of all) {
      const places = placesIn(tree);
      const [holder, index] = places[at % places.length] ?? [[], 0];
      const place = holder[index];
      const isPair = Array.isArray(place);
      if (how === 'rename' && isPair) place[0] = key;
      else if (how === 'replace') holder[index] = isPair ? [place[0], to] : to;
      else if (how === 'drop') holder.splice(index, 1);
      else holder.splice(how === 'before' ? index : index + 1, 0, isPair ? [place[0], to] : to);
    }
    return textOf(tree);
  });
}

function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { items: value.map(treeOf) };
  if (typeof value === 'object' && value !== null)
    return { pairs: Object.entries(value).map(([key, it]) => [key, treeOf(it)]) };
  return JSON.stringify(value);
}

/** Every pair and every item. */
function placesIn(tree: Tree): [holder: ([string, Tree] | Tree)[], index: number][] {
  if (typeof tree === 'string') return [];
  if ('items' in tree) return tree.items.flatMap((it, index) => [[tree.items, index], ...placesIn(it)]);
  return tree.pairs.flatMap(([, it], index) => [[tree.pairs as ([string, Tree] | Tree)[], index], ...placesIn(it)]);
}

function textOf(tree: Tree): string {
  if (typeof tree === 'string') return tree;
  if ('items' in tree) return `[${tree.items.map(textOf).join()}]`;
  return `{${tree.pairs.map(([key, it]) => `${JSON.stringify(key)}:${textOf(it)}`).join()}}`;
}

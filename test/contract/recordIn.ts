/** What a text of JSON tells about a withdrawer. */
export interface ToldRecord {
  readonly reading: 'blocked' | 'declined' | 'expired' | 'needsInput' | 'verified' | 'pending';
  /** Whether the form may open where a record is enough, and where only a verified one is. */
  readonly opens: { readonly exists: boolean; readonly verified: boolean };
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What may stand at a place; a record with anything else in one of them is none. */
const allowed: Readonly<Record<string, readonly Kind[]>> = {
  withdrawer: ['map'],
  'withdrawer.availability': ['nothing', 'map'],
  'withdrawer.availability.status': ['nothing', 'text'],
  'withdrawer.watchlistExempt': ['nothing', 'text'],
  'verification.status': ['text'],
  'verification.attested': ['nothing', 'flag'],
  'verification.vendor': ['nothing', 'text'],
  verificationLink: ['nothing', 'text'],
  additionalVerificationLinks: ['nothing', 'list'],
  rejectionReasons: ['nothing', 'list'],
};

/** The record that lies in an answer, `undefined` where none does. Written from the provider's facts, not from `src`, and not along its lines. */
export function recordIn(httpStatus: number, text: string): ToldRecord | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const beside = at(body, 'verification');
  const verification = kindOf(beside) === 'nothing' ? at(body, 'withdrawer.verification') : beside;
  const valueAt = (path: string) =>
    path.startsWith('verification.') ? at(verification, path.slice('verification.'.length)) : at(body, path);
  if (kindOf(body) !== 'map' || kindOf(verification) !== 'map') return undefined;
  if (Object.entries(allowed).some(([path, kinds]) => !kinds.includes(kindOf(valueAt(path))))) return undefined;

  const more = (valueAt('additionalVerificationLinks') ?? []) as unknown[];
  const main = valueAt('verificationLink');
  const links = kindOf(main) === 'text' ? [{ link: main }, ...more] : more;
  if (links.some((it) => kindOf(it) !== 'map' || kindOf(at(it, 'link')) !== 'text')) return undefined;
  const fields = {
    status: valueAt('verification.status'),
    attested: valueAt('verification.attested') === true,
    vendor: valueAt('verification.vendor') ?? undefined,
    availability: valueAt('withdrawer.availability.status') ?? undefined,
    watchlist: valueAt('withdrawer.watchlistExempt') ?? undefined,
    moreNeeded: httpStatus === 451,
    links: links.map((it) =>
      kindOf(at(it, 'name')) === 'text' ? { name: at(it, 'name'), link: at(it, 'link') } : { link: at(it, 'link') },
    ),
    reasons: ((valueAt('rejectionReasons') ?? []) as unknown[]).filter((it) => kindOf(it) === 'text'),
  };
  if (fields.status === '') return undefined;

  // Each holds over those after it.
  const said: readonly [boolean, ToldRecord['reading']][] = [
    [[fields.availability, fields.watchlist].includes('Blocked'), 'blocked'],
    [fields.status === 'rejected', 'declined'],
    [fields.status === 'expired', 'expired'],
    [fields.status === 'partial-approval' || (httpStatus === 451 && links.length > 0), 'needsInput'],
    [fields.status === 'approved' || fields.attested, 'verified'],
  ];
  const reading = said.find(([holds]) => holds)?.[1] ?? 'pending';
  return {
    reading,
    opens: { exists: ['needsInput', 'verified', 'pending'].includes(reading), verified: reading === 'verified' },
    fields,
  };
}

type Kind = 'nothing' | 'text' | 'flag' | 'number' | 'list' | 'map';

function kindOf(value: unknown): Kind {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  const kinds: Record<string, Kind> = { string: 'text', boolean: 'flag', number: 'number' };
  return kinds[typeof value] ?? 'map';
}

/** What stands in the text itself: nothing that is inherited. */
function at(value: unknown, path: string): unknown {
  const [, key = '', rest] = /^([^.]*)\.?(.*)$/.exec(path) ?? [];
  const found: unknown =
    kindOf(value) === 'map' && Object.hasOwn(value as object, key) ? Reflect.get(value as object, key) : undefined;
  return rest ? at(found, rest) : found;
}

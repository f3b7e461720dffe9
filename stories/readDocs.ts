/** A member of an interface, as its source tells of it. */
export interface Documented {
  readonly name: string;
  readonly type: string;
  /** Its sentences, without those that follow here. */
  readonly docs: string;
  /** The sentence after `Coinflow:`. */
  readonly coinflow: string;
  /** What stands after `@default`. */
  readonly byDefault: string;
}

/** Reads the documented members of the one interface in a source file. */
export function readDocs(source: string): Documented[] {
  return Array.from(
    source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*readonly (\w+): ([^;]+);/g),
    ([, comment = '', name = '', type = '']) => {
      const text = comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim();
      const [sentences = '', byDefault = ''] = text.split(/\s*@default\s*/);
      const [docs = '', coinflow = ''] = sentences.split(/\s*Coinflow:\s*/);
      return { name, type, docs, coinflow, byDefault };
    },
  );
}

import { type SyntheticEvent, useState } from 'react';
import type { Draft } from './draft';
import { readTheme } from './readTheme';

/** Takes a theme over from any of the forms it is handed over in. */
export function ImportTheme({ onRead }: { readonly onRead: (draft: Draft) => void }) {
  const [text, setText] = useState('');
  const [said, setSaid] = useState<{ readonly is: string; readonly isWrong: boolean }>();
  function read(event: SyntheticEvent) {
    event.preventDefault();
    try {
      const { draft, leftOut } = readTheme(text);
      onRead(draft);
      setSaid({
        is: `Taken over.${leftOut.length > 0 ? ` Left out, since the gate has no token for it: ${leftOut.join(', ')}.` : ''}`,
        isWrong: false,
      });
    } catch (error) {
      setSaid({ is: (error as Error).message, isWrong: true });
    }
  }
  return (
    <form className="copy-block import-theme" onSubmit={read}>
      <header>
        <h3>
          <label htmlFor="import-theme">Bring a theme in</label>
        </h3>
        <button type="submit">Take over</button>
      </header>
      <p>Paste an appearance, CSS, or a MerchantTheme that you have already: yours of Coinflow becomes the gate’s.</p>
      <textarea
        id="import-theme"
        rows={5}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <p role="status" className={said?.isWrong ? 'weak' : ''}>
        {said?.is}
      </p>
    </form>
  );
}

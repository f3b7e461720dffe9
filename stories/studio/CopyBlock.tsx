import { type ReactNode, useState } from 'react';

/** Text to hand over, with a button that copies it. */
export function CopyBlock({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}) {
  const [said, setSaid] = useState<{ readonly about: string; readonly is: string }>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setSaid({ about: text, is: 'Copied' });
    } catch {
      setSaid({ about: text, is: 'The browser does not let this page copy: select the text instead' });
    }
  }
  return (
    <section className="copy-block" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span role="status">{said?.about === text && said.is}</span>
        <button type="button" onClick={() => void copy()} aria-label={`Copy ${title}`}>
          Copy
        </button>
      </header>
      <p>{children}</p>
      {/* Scrolls, and so must be reached by keyboard. */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}

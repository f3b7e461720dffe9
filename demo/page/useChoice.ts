import { useEffect, useState } from 'react';
import { type Choice, formatChoice, parseChoice } from './Choice';

/** The choice, kept in the page's address; its theme is put on the document. */
export function useChoice(): readonly [Choice, (change: Partial<Choice>) => void] {
  const [choice, setChoice] = useState(() => parseChoice(location.search));
  useEffect(() => {
    history.replaceState(null, '', location.pathname + formatChoice(choice));
    document.documentElement.dataset.theme = choice.theme;
  }, [choice]);
  return [choice, (change) => setChoice((before) => ({ ...before, ...change }))];
}

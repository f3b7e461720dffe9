import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, userEvent } from 'storybook/test';
import type { GateMessages } from '../src/index';
import { en } from '../src/react/en';
import './Messages.css';
import { languageName, locales } from './toolbar/locales';

/** A text by its place: `screens.checking.title`. */
type Entry = readonly [place: string, text: string];

const columns = [...locales.values()].map((messages) => ({ messages, texts: new Map(entriesOf(messages)) }));
const places = entriesOf(en).map(([place]) => place);
const groups: Readonly<Record<keyof Omit<GateMessages, 'lang' | 'dir'>, string>> = {
  screens: 'Screens',
  steps: 'Steps of waiting',
  actions: 'Buttons and links',
  times: 'Times',
  notLoading: 'Below a form that does not load',
  frameTitle: 'Title of the form’s frame, for screen readers',
};

function MessageTable() {
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLowerCase();
  const isWanted = (place: string) =>
    [place, ...columns.map(({ texts }) => texts.get(place) ?? '')].some((text) => text.toLowerCase().includes(needle));
  const shown = places.filter(isWanted);
  return (
    <main className="guide-page message-page">
      <header>
        <h1>Messages</h1>
        <p className="lead">
          Every text of the gate in every language. You can reword any of them: give your developer the place (such as{' '}
          <code>screens.consent.title</code>) and the words; they go into the <code>messages</code> prop. The
          translations have not yet been reviewed by native speakers; the two pseudo languages are made by rule, to show
          what does not fit.
        </p>
        <p className="message-search">
          <label htmlFor="message-search">Find</label>
          <input id="message-search" type="search" value={wanted} onChange={({ target }) => setWanted(target.value)} />
          <span role="status">
            {shown.length} of {places.length} texts
          </span>
        </p>
      </header>
      <div className="guide-table" tabIndex={0} role="region" aria-label="Messages">
        <table>
          <thead>
            <tr>
              <th scope="col">Place</th>
              {columns.map(({ messages: { lang } }) => (
                <th key={lang} scope="col">
                  {languageName(lang)} <code>{lang}</code>
                </th>
              ))}
            </tr>
          </thead>
          {Object.entries(groups).map(([group, title]) => {
            const rows = shown.filter((place) => place.split('.')[0] === group);
            if (rows.length === 0) return null;
            return (
              <tbody key={group}>
                <tr>
                  <th scope="rowgroup" colSpan={columns.length + 1} className="message-group">
                    <span>{title}</span>
                  </th>
                </tr>
                {rows.map((place) => (
                  <tr key={place}>
                    <th scope="row">
                      <code>{place}</code>
                    </th>
                    {columns.map(({ messages: { lang, dir }, texts }) => (
                      <td key={lang} lang={lang} dir={dir}>
                        {texts.get(place) ?? <em>missing</em>}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      </div>
    </main>
  );
}

function entriesOf(texts: object, before = ''): Entry[] {
  return Object.entries(texts).flatMap(([key, value]: [string, string | object]) => {
    if (before === '' && (key === 'lang' || key === 'dir')) return [];
    return typeof value === 'string' ? [[before + key, value] as const] : entriesOf(value, `${before}${key}.`);
  });
}

const meta = {
  title: 'Messages',
  tags: ['!autodocs'],
  parameters: { guide: true },
  render: () => <MessageTable />,
} satisfies Meta;

export default meta;

export const Messages: StoryObj = {};

/** A test, not for the side bar: it would type into the reader's field. */
export const FindsEveryText: StoryObj = {
  tags: ['!dev'],
  play: async ({ canvas, canvasElement }) => {
    const search = canvas.getByRole('searchbox', { name: 'Find' });
    const rows = () => canvas.getAllByRole('row').filter((row) => row.querySelector('th[scope=row]'));
    await expect(rows()).toHaveLength(places.length);
    await expect(canvasElement).not.toHaveTextContent('missing');
    // One cell for each language, none of them empty.
    for (const cell of canvasElement.querySelectorAll('tbody td')) await expect(cell).not.toBeEmptyDOMElement();
    await expect(canvasElement.querySelectorAll('tbody td')).toHaveLength(places.length * locales.size);
    await userEvent.type(search, en.actions.consent);
    await expect(rows().map((row) => row.querySelector('th')?.textContent)).toEqual(['actions.consent']);
    await expect(canvas.getByRole('status')).toHaveTextContent(`1 of ${places.length} texts`);
  },
};

import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState } from 'react';
import { expect, userEvent, within } from 'storybook/test';
import type { Appearance, GateMessages, Part } from '../src/index';
import source from '../src/react/look/parts.ts?raw';
import { AnatomyDrawing } from './AnatomyDrawing';
import './Anatomy.css';
import { drawings, drawnOn, type Drawing } from './drawings';
import { Prose } from './Prose';
import { readDocs } from './readDocs';

const parts = readDocs(source).map((part) => ({ ...part, name: part.name as Part }));
const titles = Object.entries(drawings).map(([name, { title }]) => [name as Drawing, title] as const);

interface AnatomyProps {
  readonly appearance: Appearance;
  readonly messages: GateMessages;
}

/** The parts, as `src/react/look/parts.ts` tells of them, on the screens that have them. */
function AnatomyPage(look: AnatomyProps) {
  const [drawing, setDrawing] = useState<Drawing>('waiting');
  const [active, setActive] = useState<Part>('root');
  const docs = parts.find(({ name }) => name === active)?.docs ?? '';
  function show(part: Part) {
    setDrawing(drawnOn[part]);
    setActive(part);
  }
  return (
    <main className="guide-page anatomy-page">
      <header>
        <h1>Anatomy</h1>
        <p className="lead">
          Every part of the gate has a name, and keeps it. To style a part, tell your developer its name, or write CSS
          for its attribute: your rules win over the gate’s own, in any order.
        </p>
      </header>
      <div className="choices" role="group" aria-label="Screen">
        {titles.map(([name, title]) => (
          <button
            key={name}
            type="button"
            className="choice"
            aria-pressed={drawing === name}
            onClick={() => setDrawing(name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div className="anatomy">
        <div className="anatomy-scroll" tabIndex={0} role="region" aria-label="Drawing">
          <AnatomyDrawing key={drawing} drawing={drawing} active={active} onActive={setActive} {...look} />
        </div>
        <section className="anatomy-part" aria-label="Part" aria-live="polite">
          <h2>{active}</h2>
          <p>
            <Prose text={docs} />
          </p>
          <h3>In CSS</h3>
          <pre tabIndex={0}>{`[data-kyc-part='${active}'] {\n  …\n}`}</pre>
          <h3>In the gate’s props</h3>
          <pre tabIndex={0}>{`appearance={{\n  elements: {\n    ${active}: 'your-class',\n  },\n}}`}</pre>
        </section>
      </div>
      <div className="guide-table" tabIndex={0} role="region" aria-label="All parts">
        <table>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">What it is</th>
              <th scope="col">CSS selector</th>
              <th scope="col">Seen on</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, docs: text }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>
                  <Prose text={text} />
                </td>
                <td>
                  <code>{`[data-kyc-part='${name}']`}</code>
                </td>
                <td>
                  <button
                    type="button"
                    className="choice"
                    aria-label={`${drawings[drawnOn[name]].title}: ${name}`}
                    onClick={() => show(name)}
                  >
                    {drawings[drawnOn[name]].title}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </main>
  );
}

const meta = {
  title: 'Anatomy',
  tags: ['!autodocs'],
  parameters: { guide: true },
  render: ({ appearance, messages }) => <AnatomyPage appearance={appearance} messages={messages} />,
} satisfies Meta<AnatomyProps>;

export default meta;

export const Anatomy: StoryObj = {};

/** A test, not for the side bar: it would press the reader's buttons. */
export const NamesEveryPart: StoryObj = {
  tags: ['!dev'],
  play: async ({ canvas }) => {
    await expect(parts.map(({ name }) => name).toSorted()).toEqual(Object.keys(drawnOn).toSorted());
    const choices = within(canvas.getByRole('group', { name: 'Screen' })).getAllByRole('button');
    await expect(choices.map((choice) => choice.textContent)).toEqual(
      Object.values(drawings).map(({ title }) => title),
    );
    const drawing = within(canvas.getByRole('region', { name: 'Drawing' }));
    for (const [part, shown] of Object.entries(drawnOn)) {
      await userEvent.click(canvas.getByRole('button', { name: `${drawings[shown].title}: ${part}` }));
      await expect(await drawing.findByRole('button', { name: new RegExp(`^${part}\\b`) })).toHaveAttribute(
        'aria-pressed',
        'true',
      );
      await expect(canvas.getByRole('region', { name: 'Part' })).toHaveTextContent(`[data-kyc-part='${part}']`);
    }
  },
};

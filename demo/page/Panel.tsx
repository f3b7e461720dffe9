import type { Choices, Demo } from './Demo';

interface PanelProps {
  readonly demo: Demo;
  readonly choices: Choices;
  readonly onChoose: (choices: Choices) => void;
}

/** Names of the scenarios, as a person would call them. A name that is missing here is shown as it is. */
const names: Readonly<Record<string, string>> = {
  firstTime: 'First payout',
  slow: 'First payout, slow confirmation (30 s)',
  never: 'First payout, never confirmed',
  returning: 'Has withdrawn before',
  attested: 'Attested by the vendor',
  pendingThenApproved: 'Pending, then approved',
  needsInput: 'Something is missing',
  partialApproval: 'Partly approved',
  rejected: 'Rejected',
  expired: 'Verification expired',
  blocked: 'Blocked',
  blockedThenSilent: 'Blocked, then silent about it',
  refused: 'Token refused',
  nothingToShare: 'Never verified',
  unknownStatus: 'A status nobody has heard of',
};

/** What the visitor can change. */
export function Panel({ demo, choices, onChoose }: PanelProps) {
  const set = (change: Partial<Choices>) => onChoose({ ...choices, ...change });
  return (
    <section className="panel">
      <h2>Behind the scenes</h2>
      {demo.scenarios ? (
        <>
          <label>
            The user
            <select value={choices.scenario} onChange={({ target }) => set({ scenario: target.value })}>
              {Object.keys(demo.scenarios).map((scenario) => (
                <option key={scenario} value={scenario}>
                  {names[scenario] ?? scenario}
                </option>
              ))}
            </select>
          </label>
          <p className="hint">{demo.scenarios[choices.scenario]}</p>
          <Choice legend="Verified at" value={choices.vendor} options={{ persona: 'Persona', sumsub: 'Sumsub' }} onChoose={(vendor) => set({ vendor })} />
        </>
      ) : (
        <p className="hint">On Coinflow’s {demo.env}, as the test user of your .env.</p>
      )}
      <Choice legend="Network" value={choices.speed} options={{ normal: 'Normal', slow: 'Slow', flaky: 'Flaky' }} onChoose={(speed) => set({ speed })} />
      <Choice legend="Theme" value={choices.theme} options={{ system: 'System', light: 'Light', dark: 'Dark' }} onChoose={(theme) => set({ theme })} />
      <Choice
        legend="Payout form"
        value={choices.gated ? 'gated' : 'bare'}
        options={{ gated: 'With the gate', bare: 'Without it' }}
        onChoose={(gated) => set({ gated: gated === 'gated' })}
      />
    </section>
  );
}

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ legend, value, options, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {(Object.entries(options) as [Value, string][]).map(([option, label]) => (
        <label key={option}>
          <input type="radio" name={legend} checked={option === value} onChange={() => onChoose(option)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

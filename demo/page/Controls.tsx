import { type Scenario, scenarios } from '../../simulator/scenarios';
import type { Setup } from '../contract/DemoApi';
import type { Choice } from './Choice';
import { Segmented } from './Segmented';
import { userStories } from './userStories';

interface ControlsProps {
  readonly setup: Setup;
  readonly choice: Choice;
  readonly onChange: (change: Partial<Choice>) => void;
}

const groups = [...new Set(Object.values(userStories).map(({ group }) => group))];

/** What can be chosen for the next run. */
export function Controls({ setup, choice, onChange }: ControlsProps) {
  return (
    <form className="controls" onSubmit={(event) => event.preventDefault()}>
      {setup.isSimulated && (
        <div className="control wide">
          <label htmlFor="scenario">Who withdraws</label>
          <select
            id="scenario"
            value={choice.scenario}
            aria-describedby="scenario-text"
            onChange={({ target }) => {
              const scenario = target.value as Scenario;
              onChange({ scenario, openWhen: userStories[scenario].openWhen ?? 'exists' });
            }}
          >
            {groups.map((group) => (
              <optgroup key={group} label={group}>
                {(Object.keys(userStories) as Scenario[])
                  .filter((scenario) => userStories[scenario].group === group)
                  .map((scenario) => (
                    <option key={scenario} value={scenario}>
                      {userStories[scenario].title}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
          <p id="scenario-text" className="muted">
            {scenarios[choice.scenario]}
          </p>
        </div>
      )}
      <label className="control wide switch">
        <input
          type="checkbox"
          role="switch"
          checked={choice.gate === 'off'}
          onChange={({ target }) => onChange({ gate: target.checked ? 'off' : 'on' })}
        />
        <span>
          Without the gate
          <small>Coinflow's form alone, opened at once. Watch it come too early.</small>
        </span>
      </label>
      {setup.vendors.length > 1 && (
        <Segmented
          label="Verified at"
          name="vendor"
          value={choice.vendor}
          options={{ persona: 'Persona', sumsub: 'Sumsub' }}
          onChange={(vendor) => onChange({ vendor })}
        />
      )}
      <Segmented
        label="Opens when the record"
        name="openWhen"
        value={choice.openWhen}
        options={{ exists: 'Exists', verified: 'Is verified' }}
        isDisabled={choice.gate === 'off'}
        onChange={(openWhen) => onChange({ openWhen })}
      />
      <Segmented
        label="Network"
        name="network"
        value={choice.network}
        options={{ normal: 'Normal', slow: 'Slow', flaky: 'Flaky' }}
        onChange={(network) => onChange({ network })}
      />
      <Segmented
        label="Theme"
        name="theme"
        value={choice.theme}
        options={{ system: 'System', light: 'Light', dark: 'Dark' }}
        onChange={(theme) => onChange({ theme })}
      />
    </form>
  );
}

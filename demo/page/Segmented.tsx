interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly name: string;
  readonly value: Value;
  /** Value → label. */
  readonly options: Readonly<Record<Value, string>>;
  readonly isDisabled?: boolean;
  readonly onChange: (value: Value) => void;
}

/** One of a few: radio buttons, side by side. */
export function Segmented<Value extends string>({
  label,
  name,
  value,
  options,
  isDisabled = false,
  onChange,
}: SegmentedProps<Value>) {
  return (
    <fieldset className="control" disabled={isDisabled}>
      <legend>{label}</legend>
      <div className="segments">
        {(Object.entries(options) as [Value, string][]).map(([option, text]) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              value={option}
              checked={value === option}
              onChange={() => onChange(option)}
            />
            <span>{text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

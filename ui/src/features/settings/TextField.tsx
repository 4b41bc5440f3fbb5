import { type ReactNode, useId } from "react";
import styles from "./Models.module.css";

interface Props {
  name: string;
  hint?: ReactNode;
  value: string;
  type?: string;
  placeholder?: string;
  options?: string[];
  testid?: string;
  onChange: (value: string) => void;
}

/** One line to fill in, with words under it and, where there are some, values to choose from. */
export function TextField({ name, hint, value, type = "text", placeholder, options = [], testid, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        type={type}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        list={options.length > 0 ? `${id}-list` : undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        data-testid={testid}
        onChange={(event) => onChange(event.target.value)}
      />
      {options.length > 0 && (
        <datalist id={`${id}-list`}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

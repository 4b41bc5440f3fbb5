import { type ReactNode, useId } from "react";
import styles from "./Models.module.css";

interface Props {
  name: string;
  hint?: ReactNode;
  value: string;
  type?: string;
  placeholder?: string;
  testid?: string;
  onChange: (value: string) => void;
}

/** One line to fill in, with words under it. */
export function TextField({ name, hint, value, type = "text", placeholder, testid, onChange }: Props) {
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
        aria-describedby={hint ? `${id}-hint` : undefined}
        data-testid={testid}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

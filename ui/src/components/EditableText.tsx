import { type ReactNode, useEffect, useRef } from "react";
import styles from "./EditableText.module.css";

interface Props {
  value: string;
  label: string;
  editing: boolean;
  onEditing: (editing: boolean) => void;
  onCommit: (value: string) => void;
  /** What is shown while it is not edited. */
  children: ReactNode;
}

/** A name that can be changed where it stands: Enter or leaving keeps it, Escape does not. */
export function EditableText({ value, label, editing, onEditing, onCommit, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const dropped = useRef(false);
  useEffect(() => {
    if (!editing) return;
    dropped.current = false;
    input.current?.focus();
    input.current?.select();
  }, [editing]);
  if (!editing) return children;

  const leave = () => {
    const next = input.current?.value.trim() ?? "";
    onEditing(false);
    if (!dropped.current && next && next !== value) onCommit(next);
  };
  return (
    <input
      ref={input}
      className={styles.input}
      defaultValue={value}
      size={Math.min(48, Math.max(16, value.length))}
      aria-label={label}
      maxLength={120}
      dir="auto"
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === "Escape") dropped.current = true;
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}

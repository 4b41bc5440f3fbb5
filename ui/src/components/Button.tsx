import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Button.module.css";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** go: the one thing to do here. quiet: no ground until pointed at. */
  look?: "go" | "plain" | "quiet" | "danger";
  icon?: ReactNode;
  busy?: boolean;
}

export function Button({ look = "plain", icon, busy = false, disabled, children, className = "", ...rest }: Props) {
  return (
    <button
      type="button"
      className={`${styles.button} ${styles[look] ?? ""} ${children ? "" : (styles.round ?? "")} ${className}`}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "../platform/types";
import styles from "./ProblemNote.module.css";

/** A trouble in words: what happened, what to do, and the buttons that do it. */
export function ProblemNote({
  problem,
  children,
}: {
  problem: Pick<Problem, "message" | "hint">;
  children?: ReactNode;
}) {
  return (
    <div className={styles.note} role="alert">
      <CircleAlert size={16} aria-hidden />
      <div className={styles.words}>
        <p dir="auto">{problem.message}</p>
        {problem.hint && (
          <p className={styles.hint} dir="auto">
            {problem.hint}
          </p>
        )}
        {children && <div className={styles.acts}>{children}</div>}
      </div>
    </div>
  );
}

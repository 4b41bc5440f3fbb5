import { SendHorizontal } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { number, t } from "../i18n";
import { Button } from "./Button";
import styles from "./MessageBox.module.css";

/** The longest message, in characters. */
export const LONGEST_MESSAGE = 20_000;
const NEARLY = 18_000;
const MOST_ROWS = 8;

interface Props {
  value: string;
  onChange: (value: string) => void;
  onSend: () => void;
  placeholder: string;
  label: string;
  sendLabel: string;
  busy: boolean;
  /** Why nothing can be sent now; empty when it can. */
  closed?: string;
  rows?: number;
  autoFocus?: boolean;
  children?: ReactNode;
}

/** Where the person writes: Enter sends, Shift and Enter begins a new line. What cannot be sent says why. */
export function MessageBox(props: Props) {
  const { value, onChange, onSend, placeholder, label, sendLabel, busy, closed = "", rows = 2, children } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  const length = value.length;
  const tooLong = length > LONGEST_MESSAGE;
  const why = closed || (tooLong ? t("composer.too_long", { n: number(length), most: number(LONGEST_MESSAGE) }) : "");
  const canSend = !busy && !why && value.trim() !== "";

  useEffect(() => {
    if (props.autoFocus) area.current?.focus();
  }, [props.autoFocus]);

  return (
    <div className={styles.box}>
      <textarea
        ref={area}
        data-testid="composer-input"
        value={value}
        rows={Math.min(MOST_ROWS, Math.max(rows, value.slice(0, 2_000).split("\n").length))}
        dir="auto"
        placeholder={placeholder}
        aria-label={label}
        aria-describedby={noteId}
        aria-invalid={tooLong || undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          // Enter while an input method composes a word belongs to the word.
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (canSend) onSend();
        }}
      />
      <div className={styles.row}>
        {children}
        <span id={noteId} className={`${styles.note} ${why ? (styles.why ?? "") : ""}`} role="status">
          {why || (length > NEARLY ? `${number(length)} / ${number(LONGEST_MESSAGE)}` : t("composer.keys"))}
        </span>
        <Button
          look="go"
          data-testid="composer-send"
          disabled={!canSend}
          busy={busy}
          icon={<SendHorizontal size={14} />}
          title={value.trim() === "" ? t("composer.empty") : undefined}
          onClick={onSend}
        >
          {sendLabel}
        </Button>
      </div>
    </div>
  );
}

import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { t } from "../i18n";
import { Button } from "./Button";
import styles from "./Dialog.module.css";

interface Props {
  title: string;
  onClose: () => void;
  wide?: boolean;
  /** As high as the window, at its right edge. */
  drawer?: boolean;
  children: ReactNode;
}

/** A modal dialog: the browser keeps the focus inside, closes it on Escape and gives the focus back. */
export function Dialog({ title, onClose, wide = false, drawer = false, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // The first thing to fill in, and not the button that closes.
    dialog?.querySelector<HTMLElement>("textarea, input")?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={`${styles.dialog} ${wide ? (styles.wide ?? "") : ""} ${drawer ? (styles.drawer ?? "") : ""}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={heading}>{title}</h2>
        <Button look="quiet" icon={<X size={16} />} aria-label={t("dialog.close")} onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}

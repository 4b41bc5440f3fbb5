import { useEffect, useState } from "react";
import { Dialog } from "../../components/Dialog";
import { type Key, t } from "../../i18n";
import styles from "./Shortcuts.module.css";

const SHORTCUTS: readonly [Key, readonly string[]][] = [
  ["keys.send", ["Enter"]],
  ["keys.line", ["Shift", "Enter"]],
  ["keys.undo", ["Ctrl", "Z"]],
  ["keys.redo", ["Ctrl", "Shift", "Z"]],
  ["keys.play", ["Space"]],
  ["keys.skip", ["←", "→"]],
  ["keys.menu", ["↑", "↓"]],
  ["keys.close", ["Esc"]],
  ["keys.help", ["?"]],
];

/** The keys of the window; "?" opens it wherever nobody is writing. */
export function Shortcuts() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const target = event.target;
      const writing =
        target instanceof HTMLTextAreaElement ||
        (target instanceof HTMLInputElement && !["checkbox", "radio", "range"].includes(target.type));
      if (event.key !== "?" || writing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
  if (!open) return null;
  return (
    <Dialog title={t("keys.title")} onClose={() => setOpen(false)}>
      <dl className={styles.list} data-testid="shortcuts">
        {SHORTCUTS.map(([what, keys]) => (
          <div key={what}>
            <dt>{t(what)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

import { type ReactNode, useEffect, useRef } from "react";
import styles from "./Popover.module.css";

interface Props {
  label: string;
  onClose: () => void;
  align?: "start" | "end";
  children: ReactNode;
}

/** A small panel under what opened it. Escape and a click elsewhere close it; the focus goes in, and back. */
export function Popover({ label, onClose, align = "start", children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const panel = element.current;
    const before = document.activeElement;
    panel?.querySelector<HTMLElement>("input, textarea, [aria-pressed='true'], button, [role='menuitem']")?.focus();
    panel?.scrollIntoView?.({ block: "nearest" });
    const away = (event: PointerEvent) => {
      if (panel && event.target instanceof Node && !panel.parentElement?.contains(event.target)) close.current();
    };
    document.addEventListener("pointerdown", away);
    return () => {
      document.removeEventListener("pointerdown", away);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div
      ref={element}
      role="dialog"
      aria-label={label}
      className={`${styles.popover} ${align === "end" ? (styles.end ?? "") : ""}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </div>
  );
}

import { type ReactNode, useEffect, useRef, useState } from "react";
import styles from "./Popover.module.css";

/** The least room between a panel and the edge of its column, in pixels. */
const EDGE = 12;

interface Props {
  label: string;
  onClose: () => void;
  align?: "start" | "end";
  children: ReactNode;
}

/** A small panel under what opened it. Escape and a click elsewhere close it; the focus goes in, and back. */
export function Popover({ label, onClose, align = "start", children }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const [before] = useState(() => document.activeElement);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const panel = element.current;
    const first = ["[aria-pressed='true']", "input, textarea, button"]
      .map((wanted) => panel?.querySelector<HTMLElement>(wanted))
      .find(Boolean);
    if (!panel?.contains(document.activeElement)) first?.focus();
    if (panel) keepInside(panel);
    const away = (event: PointerEvent) => {
      if (panel && event.target instanceof Node && !panel.parentElement?.contains(event.target)) close.current();
    };
    document.addEventListener("pointerdown", away);
    return () => {
      document.removeEventListener("pointerdown", away);
      // Only what the panel took with it is given back: a click elsewhere keeps its focus.
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, [before]);
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

/** Moves the panel to the left when it would stand out of the column it belongs to, and scrolls it into sight. */
function keepInside(panel: HTMLElement) {
  const column = panel.closest("[role='log']") ?? document.documentElement;
  const over = panel.getBoundingClientRect().right - column.getBoundingClientRect().right + EDGE;
  if (over > 0) panel.style.transform = `translateX(${-over}px)`;
  panel.scrollIntoView?.({ block: "nearest" });
}

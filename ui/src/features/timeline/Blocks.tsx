import { memo } from "react";
import { Picture } from "../../components/Picture";
import type { MediaRef } from "../../platform/types";
import styles from "./Timeline.module.css";

interface Placed {
  left: string;
  width: string;
  title: string;
  /** Too narrow for what is in it: a block of colour. */
  bare: boolean;
}

interface ShotBlockProps extends Placed {
  label: string;
  frame: MediaRef | null;
  current: boolean;
}

/** A shot in time. Made again only when it changed itself. */
export const ShotBlock = memo(function ShotBlock({ left, width, title, bare, label, frame, current }: ShotBlockProps) {
  return (
    <div
      className={styles.shot}
      data-drawn={frame !== null}
      data-current={current}
      data-bare={bare}
      style={{ left, width }}
      title={title}
    >
      {!bare && (
        <>
          <Picture media={frame} alt="" blank="waiting" />
          <b>{label}</b>
        </>
      )}
    </div>
  );
});

interface LineBlockProps extends Placed {
  silent: boolean | undefined;
}

export const LineBlock = memo(function LineBlock({ left, width, title, bare, silent }: LineBlockProps) {
  return (
    <div className={styles.line} data-silent={silent} data-bare={bare} style={{ left, width }} title={title}>
      {!bare && <span dir="auto">{title}</span>}
    </div>
  );
});

import { useState } from "react";
import { useMediaUrl } from "../app/services";
import type { MediaRef } from "../platform/types";
import styles from "./Picture.module.css";

interface Props {
  media: MediaRef | null;
  alt: string;
  /** Shown while there is no picture: drawing, waiting to be drawn, or nothing to come. */
  blank?: "drawing" | "waiting" | "none";
}

/** A stored picture that fills its box. */
export function Picture({ media, alt, blank = "none" }: Props) {
  const url = useMediaUrl();
  const [broken, setBroken] = useState<string | null>(null);
  // What is no picture would be decoded whole before it is shown.
  if (!media?.media.startsWith("image/") || broken === media.id) {
    return (
      <div
        className={`${styles.blank} ${styles[blank] ?? ""}`}
        data-motion
        {...(alt ? { role: "img", "aria-label": alt } : { "aria-hidden": true })}
      />
    );
  }
  return (
    <img
      className={styles.picture}
      src={url(media)}
      alt={alt}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setBroken(media.id)}
    />
  );
}

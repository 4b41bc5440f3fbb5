import { type ReactNode, useEffect, useRef, useState } from "react";

interface Props {
  /** True for what is there from the beginning. */
  always: boolean;
  /** The room kept for what is not there yet, in pixels. */
  height: number;
  children: ReactNode;
}

/** Made when it comes near to where it can be seen, and kept from then on: for lists of a thousand things. */
export function Near({ always, height, children }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(always);
  useEffect(() => {
    const element = place.current;
    if (near || !element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: "800px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [near]);
  return near || always ? children : <div ref={place} style={{ height }} aria-hidden />;
}

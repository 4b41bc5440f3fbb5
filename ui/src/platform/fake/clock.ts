// The imitation's time: things happen when somebody moves it. In the browser real time moves it; in tests the test does.

export interface FakeClock {
  now(): number;
  after(ms: number, act: () => void): void;
  /** Lets `ms` pass at once. */
  advance(ms: number): void;
}

export function createClock(startMs: number): FakeClock {
  let time = startMs;
  let due: { at: number; act: () => void }[] = [];
  return {
    now: () => time,
    after(ms, act) {
      due.push({ at: time + ms, act });
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const next = due.reduce<(typeof due)[number] | null>(
          (first, one) => (one.at <= end && (!first || one.at < first.at) ? one : first),
          null,
        );
        if (!next) break;
        due = due.filter((one) => one !== next);
        time = next.at;
        next.act();
      }
      time = end;
    },
  };
}

/** Moves the clock along with the browser's, frame by frame. */
export function runWithFrames(clock: FakeClock, speed: number): void {
  let last = performance.now();
  const step = (at: number) => {
    clock.advance((at - last) * speed);
    last = at;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

import { day, t } from "../../i18n";
import type { EditionView } from "../../platform/types";
import styles from "./History.module.css";

interface Props {
  editions: readonly EditionView[];
  busy: boolean;
  onGo: (number: number) => void;
}

/** Every state of the film that can be gone back to. */
export function HistoryList({ editions, busy, onGo }: Props) {
  if (editions.length === 0) return <p className={styles.empty}>{t("history.empty")}</p>;
  const now = Date.now();
  return (
    <div className={styles.list}>
      <h2 className="over">{t("history.title")}</h2>
      <ol>
        {editions.map(({ number, words, atS, current }) => (
          <li key={number}>
            <button
              type="button"
              aria-current={current || undefined}
              disabled={current || busy}
              data-testid="edition"
              onClick={() => onGo(number)}
            >
              <span dir="auto">{words}</span>
              <small>{current ? t("history.current") : day(atS * 1000, now)}</small>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

import { Picture } from "../../components/Picture";
import { t, word } from "../../i18n";
import type { TakeView } from "../../platform/types";
import styles from "./Takes.module.css";

const MARKS: Record<TakeView["verdict"], string> = { none: "", approved: "✓", rejected: "✕" };

interface Props {
  takes: readonly TakeView[];
  /** The key of the take that is looked at. */
  chosen: string;
  onChoose: (key: string) => void;
}

/** All takes in the order they were made, each with its number and how it was judged. */
export function TakeStrip({ takes, chosen, onChoose }: Props) {
  return (
    <ol className={styles.strip}>
      {takes.map((take, index) => (
        <li key={take.key}>
          <button
            type="button"
            aria-pressed={take.key === chosen}
            aria-label={nameOf(take, index)}
            title={nameOf(take, index)}
            data-testid="take"
            data-verdict={take.verdict}
            onClick={() => onChoose(take.key)}
          >
            <TakePicture take={take} />
            <span className={styles.number} aria-hidden>
              {index + 1}
            </span>
            {MARKS[take.verdict] && (
              <span className={styles.mark} data-verdict={take.verdict} aria-hidden>
                {MARKS[take.verdict]}
              </span>
            )}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** A clip's moving picture is shown where it is looked at; in a list its first picture is enough. */
function TakePicture({ take }: { take: TakeView }) {
  if (take.media?.media.startsWith("video/")) return <span className={styles.film} aria-hidden />;
  return <Picture media={take.media} alt="" blank="waiting" />;
}

export function nameOf(take: TakeView, index: number): string {
  const words = [t("takes.number", { n: index + 1 })];
  if (take.current) words.push(t("takes.current"));
  if (take.verdict !== "none") words.push(word("verdict", take.verdict));
  else if (take.pinned) words.push(t("takes.pinned"));
  return words.join(" · ");
}

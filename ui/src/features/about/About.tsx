import { useEffect, useState } from "react";
import { usePlatform } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useAction } from "../../lib/action";
import type { About as Facts } from "../../platform/types";
import styles from "./About.module.css";

/** What this is, under which licence, and whose work is in it. */
export function About() {
  const platform = usePlatform();
  const [facts, setFacts] = useState<Facts | null>(null);
  const action = useAction();
  const { run } = action;
  useEffect(() => {
    void run(async () => setFacts(await platform.about()));
  }, [platform, run]);

  return (
    <main className={styles.page}>
      <div className={styles.inner}>
        <h1>Workprint</h1>
        {facts && <p>{t("about.version", { version: facts.version })}</p>}
        <p>{t("about.what")}</p>
        <p>{t("about.word")}</p>
        <p>{t("about.licence")}</p>
        <h2 className="over">{t("about.others")}</h2>
        {action.problem && (
          <ProblemNote problem={action.problem}>
            <Button onClick={() => void run(async () => setFacts(await platform.about()))}>{t("action.again")}</Button>
          </ProblemNote>
        )}
        {!facts && !action.problem && <div className={`skeleton ${styles.ghost}`} />}
        <ul className={styles.list}>
          {facts?.licences.map((one) => (
            <li key={`${one.name} ${one.licence}`}>
              {one.text ? (
                <details>
                  <summary>
                    {one.name} <small>{one.licence}</small>
                  </summary>
                  <pre>{one.text}</pre>
                </details>
              ) : (
                <span>
                  {one.name} <small>{one.licence}</small>
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}

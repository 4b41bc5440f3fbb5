import { useId } from "react";
import { useServices } from "../../app/services";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import styles from "./ReviewSwitch.module.css";

/** Straight through, or with a stop for the person's yes after each stage. */
export function ReviewSwitch({ project, review }: { project: string; review: boolean }) {
  const { platform } = useServices();
  const command = useCommand();
  const name = useId();
  const choose = (wanted: boolean) =>
    void command.send(`review ${wanted}`, (request) => platform.setReview(project, request, wanted));
  return (
    <div className={styles.review}>
      <fieldset className={styles.switch} disabled={command.busy}>
        <legend className="unseen">{t("review.label")}</legend>
        {[false, true].map((each) => (
          <label key={String(each)} data-on={review === each}>
            <input type="radio" name={name} checked={review === each} onChange={() => choose(each)} />
            {each ? t("review.each") : t("review.straight")}
          </label>
        ))}
      </fieldset>
      <p>{review ? t("review.each_why") : t("review.straight_why")}</p>
      {command.problem && <ProblemNote problem={command.problem} />}
    </div>
  );
}

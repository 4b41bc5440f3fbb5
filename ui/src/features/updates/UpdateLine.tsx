import { Sparkles } from "lucide-react";
import { hashOf } from "../../app/route";
import { useUpdates } from "../../app/updates";
import { t } from "../../i18n";
import styles from "./Updates.module.css";

/** One quiet line on the home screen when there is a new version. */
export function UpdateLine() {
  const state = useUpdates()?.state;
  if (state?.kind !== "offered" && state?.kind !== "ready") return null;
  return (
    <p className={styles.line} role="status" data-testid="update-line">
      <Sparkles size={14} aria-hidden />
      <span>{t("update.offered", { version: state.offer.version })}</span>
      <a href={hashOf({ screen: "settings" })}>{t("update.look")}</a>
    </p>
  );
}

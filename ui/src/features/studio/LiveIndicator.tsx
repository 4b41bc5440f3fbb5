import type { Link } from "../../app/live";
import { useLive, useServices } from "../../app/services";
import { t } from "../../i18n";
import styles from "./TopBar.module.css";

const NAMES: Record<Link, string> = {
  connecting: t("live.connecting"),
  live: t("live.live"),
  behind: t("live.behind"),
  lost: t("live.lost"),
};

/** Whether what is on the screen is what is so. */
export function LiveIndicator() {
  const { live } = useServices();
  const { link } = useLive();
  if (link === "lost") {
    return (
      <button
        type="button"
        className={styles.live}
        data-testid="live-indicator"
        data-link={link}
        onClick={live.refresh}
        title={t("live.retry")}
      >
        {NAMES[link]}
      </button>
    );
  }
  return (
    <span className={styles.live} data-testid="live-indicator" data-link={link} role="status" title={t("live.why")}>
      {NAMES[link]}
    </span>
  );
}

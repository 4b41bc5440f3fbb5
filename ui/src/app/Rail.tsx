import { Clapperboard, House, Info, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../i18n";
import styles from "./App.module.css";
import { hashOf, type Route } from "./route";
import { useLive } from "./services";

/** The narrow bar at the left: where one is, and the way to the other places. */
export function Rail({ route }: { route: Route }) {
  const { project } = useLive();
  return (
    <nav className={styles.rail} aria-label={t("rail.label")}>
      <Place to={{ screen: "home" }} now={route.screen === "home"} name={t("rail.home")} icon={<House size={17} />} />
      {project && (
        <Place
          to={{ screen: "project", project }}
          now={route.screen === "project"}
          name={t("rail.studio")}
          icon={<Clapperboard size={17} />}
        />
      )}
      <span className={styles.gap} />
      <Place to={{ screen: "about" }} now={route.screen === "about"} name={t("rail.about")} icon={<Info size={17} />} />
      <Place
        to={{ screen: "settings" }}
        now={route.screen === "settings"}
        name={t("rail.settings")}
        icon={<Settings size={17} />}
      />
    </nav>
  );
}

function Place({ to, now, name, icon }: { to: Route; now: boolean; name: string; icon: ReactNode }) {
  return (
    <a
      href={hashOf(to)}
      className={styles.place}
      aria-current={now ? "page" : undefined}
      aria-label={name}
      title={name}
    >
      {icon}
    </a>
  );
}

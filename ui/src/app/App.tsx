import { useEffect } from "react";
import { Boundary } from "../components/Boundary";
import { ToastList } from "../components/ToastList";
import { About } from "../features/about/About";
import { ExportTray } from "../features/export/ExportTray";
import { Shortcuts } from "../features/help/Shortcuts";
import { Home } from "../features/home/Home";
import { Settings } from "../features/settings/Settings";
import { Studio } from "../features/studio/Studio";
import styles from "./App.module.css";
import { Arrivals } from "./Arrivals";
import { CloseDialog } from "./CloseDialog";
import { Rail } from "./Rail";
import { useRoute } from "./route";
import { useServices } from "./services";
import { useUpdateStream } from "./updates";
import { useLiveStream } from "./useLiveStream";

export function App() {
  const { live } = useServices();
  const route = useRoute();
  useLiveStream();
  useUpdateStream();
  const project = route.screen === "project" ? route.project : null;
  useEffect(() => {
    // Settings and About keep the open project behind them, so that the way back is short.
    if (route.screen === "project" || route.screen === "home") live.open(project);
  }, [live, project, route.screen]);
  return (
    <div className={styles.app}>
      <Rail route={route} />
      <Boundary key={route.screen + (project ?? "")}>
        {route.screen === "home" && <Home />}
        {route.screen === "project" && <Studio />}
        {route.screen === "settings" && <Settings />}
        {route.screen === "about" && <About />}
      </Boundary>
      <Arrivals />
      <Shortcuts />
      <CloseDialog />
      <ExportTray />
      <ToastList />
    </div>
  );
}

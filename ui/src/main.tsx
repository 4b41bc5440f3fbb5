// Starts the window: which platform answers, then the app around it.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { createServices, ServicesProvider } from "./app/services";
import { followTheme } from "./app/theme";
import { t } from "./i18n";
import { choosePlatform } from "./platform";
import "./styles/base.css";

declare global {
  interface Window {
    /** Counters of the event stream, for tests in the real window. */
    __workprint?: unknown;
  }
}

async function boot(root: HTMLElement) {
  const chosen = await choosePlatform();
  if (!chosen) {
    root.textContent = t("boot.outside");
    return;
  }
  const services = createServices(chosen.platform);
  window.__workprint = services.live.counters;
  followTheme(chosen.platform).catch(() => undefined);
  const base = await chosen.platform.mediaBase();
  services.media.set({ url: chosen.mediaUrl ?? ((media) => base + media.id) });
  createRoot(root).render(
    <StrictMode>
      <ServicesProvider services={services}>
        <App />
      </ServicesProvider>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root)
  boot(root).catch((error: unknown) => {
    root.textContent = t("boot.failed", { why: error instanceof Error ? error.message : String(error) });
  });

import { Download } from "lucide-react";
import { useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { Popover } from "../../components/Popover";
import { t } from "../../i18n";
import { useRequests } from "../../lib/request";
import { useStore } from "../../lib/store";
import { problemOf } from "../../platform/platform";
import type { ProjectView } from "../../platform/types";
import { RATIOS } from "../idea-form/choices";
import { useStudio } from "../studio/state";
import styles from "./Export.module.css";
import { groupsFor } from "./orders";
import { useExport } from "./useExport";

/** Everything that can be taken out of the project. Arrow keys walk through it. */
export function ExportMenu({ view }: { view: ProjectView }) {
  const [open, setOpen] = useState(false);
  const saving = useExport(view.id);
  const { chosen, playing } = useStore(useStudio().look);
  const looked = chosen ?? playing;
  return (
    <div className={styles.anchor}>
      <Button
        look={view.film ? "go" : "plain"}
        icon={<Download size={14} />}
        busy={saving.busy}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-testid="export"
        onClick={() => setOpen(!open)}
      >
        {t("studio.export")}
      </Button>
      {open && (
        <Popover label={t("studio.export")} align="end" onClose={() => setOpen(false)}>
          <div
            className={styles.menu}
            role="toolbar"
            aria-orientation="vertical"
            aria-label={t("studio.export")}
            onKeyDown={walk}
          >
            {groupsFor(view, looked).map((group) => (
              <section key={group.title}>
                <h2 className="over">{group.title}</h2>
                {group.entries.map((entry) => (
                  <Button
                    key={entry.key}
                    look="quiet"
                    data-testid={`export-${entry.key.slice("export.".length)}`}
                    onClick={() => {
                      setOpen(false);
                      saving.begin(entry.order);
                    }}
                  >
                    {t(entry.key)}
                  </Button>
                ))}
              </section>
            ))}
            {view.film && <Shapes view={view} onDone={() => setOpen(false)} />}
          </div>
        </Popover>
      )}
    </div>
  );
}

/** Another shape is another film: it is made again in that shape, after a look at what that takes. */
function Shapes({ view, onDone }: { view: ProjectView; onDone: () => void }) {
  const { platform, toasts } = useServices();
  const requests = useRequests();
  const now = view.brief?.chips.find((chip) => chip.field === "ratio")?.value;
  const reshape = async (ratio: string) => {
    onDone();
    try {
      await platform.editBrief(view.id, requests.idFor(ratio), { field: "ratio", value: ratio });
      toasts.show(t("export.shape_asked", { ratio }));
    } catch (error) {
      toasts.show(problemOf(error).message, { kind: "problem" });
    }
    requests.settled(ratio);
  };
  return (
    <section>
      <h2 className="over">{t("export.shape")}</h2>
      <div className={styles.shapes}>
        {RATIOS.filter((ratio) => ratio !== now).map((ratio) => (
          <Button key={ratio} look="quiet" title={t("export.shape_why")} onClick={() => void reshape(ratio)}>
            {ratio}
          </Button>
        ))}
      </div>
    </section>
  );
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The arrow keys go from button to button, Home and End to the first and the last. */
function walk(event: React.KeyboardEvent<HTMLElement>) {
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  const step = STEPS[event.key];
  const to =
    event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : step ? (at + step + all.length) % all.length : -1;
  const next = all[to];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

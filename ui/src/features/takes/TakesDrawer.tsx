import { Play, RefreshCw } from "lucide-react";
import { useRef, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import type { ProjectView, ShotView } from "../../platform/types";
import { TakePane } from "./TakePane";
import { TakeStrip } from "./TakeStrip";
import styles from "./Takes.module.css";
import { useTakes } from "./useTakes";

interface Props {
  view: ProjectView;
  shot: ShotView;
  label: string;
  /** The key of the take to look at first; empty for the newest that is not in the film. */
  first: string;
  onClose: () => void;
}

/** All takes of a shot's still or clip; two of them side by side. */
export function TakesDrawer({ view, shot, label, first, onClose }: Props) {
  const [kind, setKind] = useState<"frame" | "clip">("frame");
  const kinds = (["frame", "clip"] as const).filter((one) => (one === "frame" ? shot.frameSlot : shot.clipSlot));
  return (
    <Dialog title={t("takes.of", { label })} drawer onClose={onClose}>
      <div className={styles.kinds} role="tablist" aria-label={t("takes.which")}>
        {kinds.map((one) => (
          <button key={one} type="button" role="tab" aria-selected={kind === one} onClick={() => setKind(one)}>
            {one === "frame" ? t("takes.frame") : t("takes.clip")}
          </button>
        ))}
      </div>
      <Compare
        key={kind}
        view={view}
        slot={kind === "frame" ? shot.frameSlot : shot.clipSlot}
        first={kind === "frame" ? first : ""}
      />
    </Dialog>
  );
}

function Compare({ view, slot, first }: { view: ProjectView; slot: string; first: string }) {
  const { platform, toasts } = useServices();
  const asked = useTakes(view.id, slot);
  const command = useCommand();
  const panes = useRef<HTMLDivElement>(null);
  const [right, setRight] = useState(first);
  const [left, setLeft] = useState("");
  const takes = asked.value;
  const ratio = view.brief?.chips.find((chip) => chip.field === "ratio")?.value.replace(":", " / ") ?? "16 / 9";
  const free = !view.plan || view.plan.priceMicros === 0;

  const held = takes?.find((take) => take.key === left) ?? takes?.find((take) => take.current) ?? takes?.[0];
  const other =
    takes?.find((take) => take.key === right && take.key !== held?.key) ??
    takes?.findLast((take) => take.key !== held?.key);
  const moving = held?.media?.media.startsWith("video/");
  const playBoth = () => {
    for (const video of panes.current?.querySelectorAll("video") ?? []) {
      video.currentTime = 0;
      void video.play().catch(() => undefined);
    }
  };

  return (
    <div className={styles.drawer} data-testid="takes-drawer">
      {asked.problem && (
        <ProblemNote problem={asked.problem}>
          <Button onClick={asked.again}>{t("action.again")}</Button>
        </ProblemNote>
      )}
      {!takes && !asked.problem && <div className={`skeleton ${styles.ghostPane}`} />}
      {takes?.length === 0 && <p className={styles.none}>{t("takes.none")}</p>}
      {takes && held && (
        <>
          <div ref={panes} className={styles.panes} data-two={other !== undefined}>
            <TakePane
              {...{ project: view.id, slot, takes, take: held, ratio }}
              onPick={takes.length > 2 ? setLeft : null}
            />
            {other && <TakePane {...{ project: view.id, slot, takes, take: other, ratio }} onPick={null} />}
          </div>
          {takes.length === 1 && <p className={styles.none}>{t("takes.one")}</p>}
          <TakeStrip takes={takes} chosen={other?.key ?? held.key} onChoose={setRight} />
        </>
      )}
      {command.problem && <ProblemNote problem={command.problem} />}
      {takes && takes.length > 0 && (
        <div className={styles.acts}>
          <Button
            icon={<RefreshCw size={14} />}
            busy={command.busy}
            onClick={() =>
              void command
                .send("new", (request) => platform.newTake(view.id, request, slot))
                .then((well) => well && free && toasts.show(t("takes.asked")))
            }
          >
            {t("takes.new")}
          </Button>
          {moving && other && (
            <Button icon={<Play size={14} />} onClick={playBoth}>
              {t("takes.play")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

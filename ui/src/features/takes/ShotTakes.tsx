import { Check, Columns2, RefreshCw } from "lucide-react";
import { useEffect, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import type { NumberedShot } from "../../lib/shots";
import type { ProjectView } from "../../platform/types";
import { TakeStrip } from "./TakeStrip";
import styles from "./Takes.module.css";
import { TakesDrawer } from "./TakesDrawer";
import { useTakes } from "./useTakes";

/** The takes of a shot's still beside its facts, what is done most with them, and the way to all of them. */
export function ShotTakes({ view, one }: { view: ProjectView; one: NumberedShot }) {
  const { platform, toasts } = useServices();
  const { shot, label } = one;
  const slot = shot.frameSlot;
  const takes = useTakes(view.id, slot);
  const command = useCommand();
  const [open, setOpen] = useState<string | null>(null);
  const proposal = view.proposal?.id ?? "";
  // A new take that costs money becomes a question in the conversation, which must be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: says when, and is not read
  useEffect(() => setOpen(null), [proposal]);
  const current = takes.value?.find((take) => take.current);
  const approved = current?.verdict === "approved";
  const free = !view.plan || view.plan.priceMicros === 0;

  return (
    <section className={styles.beside} aria-label={t("takes.title")} data-testid="shot-takes">
      <h2 className="over">{t("takes.title")}</h2>
      {takes.problem && (
        <ProblemNote problem={takes.problem}>
          <Button onClick={takes.again}>{t("action.again")}</Button>
        </ProblemNote>
      )}
      {!takes.value && !takes.problem && <div className={`skeleton ${styles.ghost}`} />}
      {takes.value?.length === 0 && <p className={styles.none}>{t("takes.none")}</p>}
      {takes.value && takes.value.length > 0 && (
        <TakeStrip takes={takes.value} chosen={current?.key ?? ""} onChoose={setOpen} />
      )}
      {command.problem && <ProblemNote problem={command.problem} />}
      {current && (
        <div className={styles.few}>
          <Button
            look={approved ? "plain" : "go"}
            icon={<Check size={14} />}
            busy={command.busy}
            aria-pressed={approved}
            title={approved ? t("takes.release") : undefined}
            data-testid="approve-shot"
            onClick={() =>
              void command.send(`${slot} ${current.key} ${approved}`, (request) =>
                approved
                  ? platform.releaseTake(view.id, request, slot)
                  : platform.approveTake(view.id, request, slot, current.key),
              )
            }
          >
            {approved ? t("takes.approved") : t("takes.approve")}
          </Button>
          <Button
            icon={<RefreshCw size={14} />}
            busy={command.busy}
            data-testid="new-take"
            onClick={() =>
              void command
                .send(`new ${slot}`, (request) => platform.newTake(view.id, request, slot))
                .then((well) => well && free && toasts.show(t("takes.asked")))
            }
          >
            {t("takes.new")}
          </Button>
          <Button
            icon={<Columns2 size={14} />}
            aria-label={t("takes.compare")}
            title={t("takes.compare")}
            data-testid="open-takes"
            onClick={() => setOpen("")}
          />
        </div>
      )}
      {open !== null && (
        <TakesDrawer view={view} shot={shot} label={label} first={open} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}

import { Check, Pin, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useMediaUrl, useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { Picture } from "../../components/Picture";
import { ProblemNote } from "../../components/ProblemNote";
import { t, word } from "../../i18n";
import { useCommand } from "../../lib/command";
import type { TakeView } from "../../platform/types";
import { nameOf } from "./TakeStrip";
import styles from "./Takes.module.css";

interface Props {
  project: string;
  slot: string;
  takes: readonly TakeView[];
  take: TakeView;
  ratio: string;
  /** Lets another take stand here; null where the strip does that. */
  onPick: ((key: string) => void) | null;
}

/** One take, large, with what is known of it and what can be done with it. */
export function TakePane({ project, slot, takes, take, ratio, onPick }: Props) {
  const index = takes.indexOf(take);
  const parent = takes.findIndex((one) => one.key === take.parent);
  return (
    <section className={styles.pane} aria-label={nameOf(take, index)} data-testid="take-pane" data-key={take.key}>
      <header>
        {onPick ? (
          <select aria-label={t("takes.with")} value={take.key} onChange={(event) => onPick(event.target.value)}>
            {takes.map((one, at) => (
              <option key={one.key} value={one.key}>
                {t("takes.number", { n: at + 1 })}
              </option>
            ))}
          </select>
        ) : (
          <h3>{t("takes.number", { n: index + 1 })}</h3>
        )}
        {take.current && <span className={styles.tag}>{t("takes.current")}</span>}
        {take.pinned && take.verdict !== "approved" && <span className={styles.tag}>{t("takes.pinned")}</span>}
        <span className={styles.judged} data-verdict={take.verdict}>
          {word("verdict", take.verdict)}
        </span>
      </header>
      <div className={styles.large} style={{ aspectRatio: ratio }}>
        <Shown take={take} name={nameOf(take, index)} />
      </div>
      <p className={styles.facts}>
        {[take.model, parent >= 0 ? t("takes.from", { n: parent + 1 }) : index === 0 ? t("takes.first") : "", take.why]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {take.verdict === "rejected" && take.reason && (
        <p className={styles.reason} dir="auto">
          {t("takes.rejected_why", { reason: take.reason })}
        </p>
      )}
      <Judge key={`${take.key} ${take.verdict}`} project={project} slot={slot} take={take} />
    </section>
  );
}

function Shown({ take, name }: { take: TakeView; name: string }) {
  const url = useMediaUrl();
  if (take.media?.media.startsWith("video/"))
    return <video src={url(take.media)} aria-label={name} controls loop muted playsInline preload="metadata" />;
  return <Picture media={take.media} alt={take.media ? name : t("takes.no_media")} blank="none" />;
}

function Judge({ project, slot, take }: { project: string; slot: string; take: TakeView }) {
  const { platform } = useServices();
  const command = useCommand();
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState("");
  const { key, verdict, current, pinned } = take;
  const reject = (event: FormEvent) => {
    event.preventDefault();
    void command.send(`reject ${reason}`, (request) => platform.rejectTake(project, request, slot, key, reason.trim()));
  };
  if (rejecting) {
    return (
      <form className={styles.reject} onSubmit={reject}>
        <label>
          {t("takes.reason")} <small>{t("takes.reason_hint")}</small>
          <input
            // biome-ignore lint/a11y/noAutofocus: the person has just asked to write this
            autoFocus
            value={reason}
            maxLength={400}
            dir="auto"
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {command.problem && <ProblemNote problem={command.problem} />}
        <div className={styles.acts}>
          <Button look="danger" type="submit" busy={command.busy} data-testid="reject-take">
            {t("takes.reject_do")}
          </Button>
          <Button look="quiet" onClick={() => setRejecting(false)}>
            {t("action.cancel")}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <>
      {command.problem && <ProblemNote problem={command.problem} />}
      <div className={styles.acts}>
        {!current && (
          <Button
            icon={<Pin size={14} />}
            busy={command.busy}
            data-testid="use-take"
            onClick={() => void command.send("use", (request) => platform.chooseTake(project, request, slot, key))}
          >
            {t("takes.use")}
          </Button>
        )}
        {verdict !== "approved" && (
          <Button
            look={current ? "go" : "plain"}
            icon={<Check size={14} />}
            busy={command.busy}
            data-testid="approve-take"
            onClick={() => void command.send("approve", (request) => platform.approveTake(project, request, slot, key))}
          >
            {t("takes.approve")}
          </Button>
        )}
        {current && (pinned || verdict === "approved") && (
          <Button
            busy={command.busy}
            data-testid="release-take"
            onClick={() => void command.send("release", (request) => platform.releaseTake(project, request, slot))}
          >
            {verdict === "approved" ? t("takes.release") : t("change.release")}
          </Button>
        )}
        {verdict !== "rejected" && (
          <Button look="quiet" icon={<X size={14} />} data-testid="open-reject" onClick={() => setRejecting(true)}>
            {t("takes.reject")}
          </Button>
        )}
      </div>
    </>
  );
}

import { CircleHelp, Eye, HandCoins } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { money, t, word } from "../../i18n";
import { useAction } from "../../lib/action";
import { useCommand } from "../../lib/command";
import { type OverCap, raisedCap, type Stop, type UnknownCall, type Waiting } from "../../lib/waiting";
import styles from "./NeedsYou.module.css";
import { taskName } from "./taskName";

/** What the run waits for the person with, each with the words and buttons that decide it. */
export function NeedsYou({ project, waiting }: { project: string; waiting: Waiting }) {
  const { stops, caps, unknown } = waiting;
  const only = isOnlyUnknown(waiting);
  return (
    <>
      {stops.map((stop) => (
        <Approval key={stop.stop} project={project} stop={stop} />
      ))}
      {caps.map((over) => (
        <Raise key={over.cap} project={project} over={over} />
      ))}
      {unknown.map((call) => (
        <Unknown key={call.block.call} project={project} call={call} only={only} />
      ))}
    </>
  );
}

/** Leaving out what waits is one decision for all of it: for a single call it can be said beside the call. */
export function isOnlyUnknown({ stops, caps, unknown }: Waiting): boolean {
  return unknown.length === 1 && stops.length === 0 && caps.length === 0;
}

interface AskProps {
  kind: "review" | "over_cap" | "unknown";
  icon: ReactNode;
  title: string;
  children: ReactNode;
}

function Ask({ kind, icon, title, children }: AskProps) {
  return (
    <section className={styles.ask} data-kind={kind} data-testid={`needs-${kind}`} aria-label={title}>
      {icon}
      <div>
        <h3>{title}</h3>
        {children}
      </div>
    </section>
  );
}

function Approval({ project, stop: { stop, slots } }: { project: string; stop: Stop }) {
  const { platform } = useServices();
  const command = useCommand();
  const approve = async () => {
    for (const slot of slots) {
      if (!(await command.send(slot, (request) => platform.approveStop(project, request, slot)))) return;
    }
  };
  return (
    <Ask kind="review" icon={<Eye size={16} aria-hidden />} title={word("stop", stop)}>
      <p>{stop === "storyboard" ? t("stop.text_storyboard") : t("stop.text")}</p>
      {command.problem && <ProblemNote problem={command.problem} />}
      <div className={styles.acts}>
        <Button look="go" busy={command.busy} data-testid="approve-stop" onClick={() => void approve()}>
          {t("stop.approve")}
        </Button>
      </div>
    </Ask>
  );
}

function Raise({ project, over }: { project: string; over: OverCap }) {
  const { platform } = useServices();
  const command = useCommand();
  const [amount, setAmount] = useState(() => String(raisedCap(over) / 1e6));
  const micros = Math.round(Number(amount) * 1e6);
  const enough = micros > over.spentMicros && micros > over.limitMicros;
  const raise = (event: FormEvent) => {
    event.preventDefault();
    void command.send(amount, (request) => platform.raiseCap(project, request, over.cap, micros));
  };
  return (
    <Ask kind="over_cap" icon={<HandCoins size={16} aria-hidden />} title={t("cap.title")}>
      <p>
        {t("cap.text", {
          spent: money(over.spentMicros),
          limit: money(over.limitMicros),
          cap: word("cap", over.cap),
          wanted: money(over.wantedMicros),
        })}
      </p>
      {command.problem && <ProblemNote problem={command.problem} />}
      <form className={styles.acts} onSubmit={raise}>
        <label className={styles.amount}>
          {t("cap.raise")} $
          <input
            type="number"
            min={0}
            step="any"
            value={amount}
            aria-label={t("cap.amount")}
            aria-invalid={!enough || undefined}
            onChange={(event) => setAmount(event.target.value)}
          />
        </label>
        <Button look="go" type="submit" disabled={!enough} busy={command.busy} data-testid="raise-cap">
          {t("cap.raise_do")}
        </Button>
      </form>
      {!enough && (
        <p className={styles.why}>{t("cap.too_low", { least: money(Math.max(over.spentMicros, over.limitMicros)) })}</p>
      )}
    </Ask>
  );
}

interface UnknownProps {
  project: string;
  call: UnknownCall;
  only: boolean;
}

function Unknown({ project, call: { task, block }, only }: UnknownProps) {
  const { platform } = useServices();
  const leave = useAction();
  const command = useCommand();
  const [sure, setSure] = useState(false);
  const { provider, model, mayCostMicros } = block;
  const what = taskName(task.agent, task.title);
  return (
    <Ask kind="unknown" icon={<CircleHelp size={16} aria-hidden />} title={t("unknown.title")}>
      <p dir="auto">
        {t("unknown.what", { what, provider, model })}{" "}
        {mayCostMicros === null ? t("unknown.cost_unknown") : t("unknown.cost", { cost: money(mayCostMicros) })}
      </p>
      {command.problem && <ProblemNote problem={command.problem} />}
      {leave.problem && <ProblemNote problem={leave.problem} />}
      {sure ? (
        <div className={styles.sure}>
          <p>{t("unknown.confirm")}</p>
          <div className={styles.acts}>
            <Button
              look="danger"
              busy={command.busy}
              data-testid="send-again-sure"
              onClick={() =>
                void command.send(block.call, (request) => platform.sendAgain(project, request, block.call))
              }
            >
              {t("unknown.confirm_do")}
            </Button>
            <Button look="quiet" onClick={() => setSure(false)}>
              {t("unknown.back")}
            </Button>
          </div>
        </div>
      ) : (
        <div className={styles.acts}>
          <Button data-testid="send-again" onClick={() => setSure(true)}>
            {t("unknown.again")}
          </Button>
          {only && (
            <Button
              busy={leave.busy}
              title={t("run.cut_why")}
              data-testid="leave-out"
              onClick={() => void leave.run(() => platform.cutNow(project))}
            >
              {t("unknown.leave")}
            </Button>
          )}
        </div>
      )}
    </Ask>
  );
}

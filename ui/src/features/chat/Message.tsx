import { memo } from "react";
import { ProblemNote } from "../../components/ProblemNote";
import { clockTime, t } from "../../i18n";
import type { MessageView, ProjectView } from "../../platform/types";
import { BriefCard } from "../brief/BriefCard";
import { ExportOffer } from "../export/ExportOffer";
import { isMade } from "../plan/made";
import { PlanCard } from "../plan/PlanCard";
import { ProgressCard } from "../progress/ProgressCard";
import { ProposalCard } from "../proposal/ProposalCard";
import styles from "./Chat.module.css";
import { ResultCard } from "./ResultCard";

interface Props {
  message: MessageView;
  view: ProjectView;
  last: boolean;
  /** The brief and the run are shown once, with the last message about them. */
  newest: boolean;
  busy: boolean;
  onSay: (words: string) => void;
}

/** A message. What it holds is text from outside and is only ever shown as text. */
export const Message = memo(function Message(props: Props) {
  const { message } = props;
  const mine = message.author === "you";
  return (
    <article
      className={mine ? styles.me : styles.it}
      data-testid="message"
      data-kind={message.body.kind}
      title={clockTime(message.atS * 1000)}
    >
      <span className="unseen">{mine ? t("chat.you") : t("chat.workprint")}</span>
      <Body {...props} />
    </article>
  );
});

function Body({ message: { body }, view, last, newest, busy, onSay }: Props) {
  switch (body.kind) {
    case "text":
      return <Words text={body.text} />;
    case "question":
      return (
        <>
          <Words text={body.text} />
          {last && (
            <div className={styles.choices}>
              {body.choices.map((choice) => (
                <button
                  key={choice.says}
                  type="button"
                  data-testid="choice"
                  disabled={busy}
                  dir="auto"
                  onClick={() => onSay(choice.says)}
                >
                  {choice.label}
                </button>
              ))}
            </div>
          )}
        </>
      );
    case "brief":
      return (
        <>
          <Words text={body.text} />
          {newest && view.brief && <BriefCard project={view.id} brief={view.brief} />}
          {newest && view.plan && <PlanCard project={view.id} plan={view.plan} run={view.run} made={isMade(view)} />}
        </>
      );
    case "run":
      return newest && view.run?.id === body.run ? (
        <ProgressCard view={view} run={view.run} />
      ) : (
        <p className={styles.past}>{t("chat.past_run")}</p>
      );
    case "film":
      return (
        <>
          <Words text={body.text} />
          <ResultCard film={body.film} view={view} />
        </>
      );
    case "proposal":
      return (
        <>
          {body.state === "open" && <Words text={body.text} />}
          <ProposalCard project={view.id} proposal={body.proposal} state={body.state} run={view.run} />
        </>
      );
    case "export":
      return (
        <>
          <Words text={body.text} />
          <ExportOffer project={view.id} order={body.order} />
        </>
      );
    case "problem":
      return <ProblemNote problem={body.problem} />;
  }
}

function Words({ text }: { text: string }) {
  return text ? (
    <p className={styles.words} dir="auto">
      {text}
    </p>
  ) : null;
}

import { SlidersHorizontal } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useLive, useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { MessageBox } from "../../components/MessageBox";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import type { ProjectView } from "../../platform/types";
import { BriefCard } from "../brief/BriefCard";
import { isMade } from "../plan/made";
import { PlanCard } from "../plan/PlanCard";
import { ProgressCard } from "../progress/ProgressCard";
import styles from "./Chat.module.css";
import { keepDraft, readDraft } from "./draft";
import { Message } from "./Message";

/** Closer to the end than this, in pixels, and the log follows what comes. */
const NEAR_END = 120;
/** Of a long conversation this much is shown at first, and more of it at each asking. */
const PAGE = 100;

export function Chat({ view, onForm }: { view: ProjectView; onForm: () => void }) {
  const { platform } = useServices();
  const { link, stream } = useLive();
  const [text, setText] = useState(() => readDraft(view.id));
  const command = useCommand();

  const write = (next: string) => {
    setText(next);
    keepDraft(view.id, next);
  };
  const say = (words: string) => command.send(words, (request) => platform.sendMessage(view.id, request, words));
  const send = async () => {
    const words = text.trim();
    if (await say(words)) write("");
  };

  return (
    <>
      <Log
        view={view}
        answering={stream?.answering ?? ""}
        onSay={(words) => void say(words)}
        onForm={onForm}
        busy={command.busy}
      />
      <div className={styles.say}>
        {command.problem && (
          <ProblemNote problem={command.problem}>
            <Button onClick={command.clear}>{t("action.ok")}</Button>
          </ProblemNote>
        )}
        <MessageBox
          value={text}
          onChange={write}
          onSend={() => void send()}
          placeholder={view.messages.length > 0 ? t("composer.placeholder") : t("home.placeholder")}
          label={t("composer.label")}
          sendLabel={t("composer.send")}
          busy={command.busy}
          autoFocus
          closed={link === "lost" ? t("composer.lost") : ""}
        />
      </div>
    </>
  );
}

interface LogProps {
  view: ProjectView;
  /** An answer on its way, as far as it came. */
  answering: string;
  onSay: (words: string) => void;
  onForm: () => void;
  busy: boolean;
}

function Log({ view, answering, onSay, onForm, busy }: LogProps) {
  const { messages, run, film, brief, plan } = view;
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [pages, setPages] = useState(1);
  const from = Math.max(0, messages.length - pages * PAGE);
  const newest = `${messages.length} ${run?.state} ${run?.tasks.length} ${film?.video.id} ${brief?.chips.length} ${answering.length}`;

  useLayoutEffect(() => {
    const element = log.current;
    if (newest && element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [newest]);

  if (messages.length === 0) return <EmptyLog onForm={onForm} />;
  const shown = messages.slice(from);
  const briefAt = shown.findLast(({ body }) => body.kind === "brief")?.id;
  const runAt = shown.findLast(({ body }) => body.kind === "run" && body.run === run?.id)?.id;
  return (
    <div
      ref={log}
      className={styles.log}
      role="log"
      aria-live="polite"
      aria-relevant="additions"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a log that scrolls must be reachable by the keyboard
      tabIndex={0}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END;
      }}
    >
      {from > 0 && (
        <Button look="quiet" onClick={() => setPages(pages + 1)}>
          {t("chat.earlier", { n: Math.min(PAGE, from) })}
        </Button>
      )}
      {shown.map((message, index) => (
        <Message
          key={message.id}
          message={message}
          view={view}
          last={from + index === messages.length - 1}
          newest={message.id === briefAt || message.id === runAt}
          busy={busy}
          onSay={onSay}
        />
      ))}
      {/* What no message speaks of is shown all the same. */}
      {!briefAt && brief && <BriefCard project={view.id} brief={brief} />}
      {!briefAt && plan && <PlanCard project={view.id} plan={plan} run={run} made={isMade(view)} />}
      {!runAt && run && <ProgressCard view={view} run={run} />}
      {answering && (
        // What comes piece by piece is read out when it is a message.
        <article className={styles.it} data-testid="answering" aria-hidden="true">
          <p className={styles.words} dir="auto">
            {answering}
          </p>
        </article>
      )}
    </div>
  );
}

function EmptyLog({ onForm }: { onForm: () => void }) {
  return (
    <div className={styles.empty}>
      <h2>{t("chat.empty_title")}</h2>
      <p>{t("chat.empty_text")}</p>
      <Button icon={<SlidersHorizontal size={14} />} onClick={onForm}>
        {t("home.form")}
      </Button>
    </div>
  );
}

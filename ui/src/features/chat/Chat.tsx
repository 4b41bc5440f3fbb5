import { SlidersHorizontal } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useLive, useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { MessageBox } from "../../components/MessageBox";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useAction } from "../../lib/action";
import { useRequests } from "../../lib/request";
import type { Stream } from "../../lib/stream";
import styles from "./Chat.module.css";
import { keepDraft, readDraft } from "./draft";
import { Message } from "./Message";

/** Closer to the end than this, in pixels, and the log follows what comes. */
const NEAR_END = 120;

export function Chat({ stream, onForm }: { stream: Stream; onForm: () => void }) {
  const { platform } = useServices();
  const { link } = useLive();
  const { view } = stream;
  const [text, setText] = useState(() => readDraft(view.id));
  const action = useAction();
  const requests = useRequests();

  const write = (next: string) => {
    setText(next);
    keepDraft(view.id, next);
  };
  const say = (words: string) =>
    action.run(async () => {
      await platform.sendMessage(view.id, requests.idFor(words), words);
      requests.settled(words);
    });
  const send = async () => {
    const words = text.trim();
    if (await say(words)) write("");
  };

  return (
    <>
      <Log stream={stream} onSay={(words) => void say(words)} onForm={onForm} busy={action.busy} />
      <div className={styles.say}>
        {action.problem && (
          <ProblemNote problem={action.problem}>
            <Button onClick={action.clear}>{t("action.ok")}</Button>
          </ProblemNote>
        )}
        <MessageBox
          value={text}
          onChange={write}
          onSend={() => void send()}
          placeholder={view.messages.length > 0 ? t("composer.placeholder") : t("home.placeholder")}
          label={t("composer.label")}
          sendLabel={t("composer.send")}
          busy={action.busy}
          closed={link === "lost" ? t("composer.lost") : ""}
        />
      </div>
    </>
  );
}

interface LogProps {
  stream: Stream;
  onSay: (words: string) => void;
  onForm: () => void;
  busy: boolean;
}

function Log({ stream, onSay, onForm, busy }: LogProps) {
  const { messages, run, film, brief } = stream.view;
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const newest = `${messages.length} ${run?.state} ${run?.tasks.length} ${film?.video.id} ${brief?.chips.length}`;

  useLayoutEffect(() => {
    const element = log.current;
    if (newest && element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [newest]);

  if (messages.length === 0) return <EmptyLog onForm={onForm} />;
  const lastBrief = messages.findLast((message) => message.body.kind === "brief")?.id;
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
      {messages.map((message, index) => (
        <Message
          key={message.id}
          message={message}
          stream={stream}
          last={index === messages.length - 1}
          ownsBrief={message.id === lastBrief}
          busy={busy}
          onSay={onSay}
        />
      ))}
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

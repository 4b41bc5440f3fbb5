import { History, Redo2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { Popover } from "../../components/Popover";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import { problemOf } from "../../platform/platform";
import type { HistoryView } from "../../platform/types";
import styles from "./History.module.css";
import { HistoryList } from "./HistoryList";
import { useUndoKeys } from "./useUndoKeys";

/** Undo, redo, and the list of all that was done. */
export function HistoryControls({ project, history }: { project: string; history: HistoryView }) {
  const { platform, toasts } = useServices();
  const [open, setOpen] = useState(false);
  const command = useCommand();
  const { canUndo, canRedo, undoWords, redoWords } = history;
  const step = (what: string, done: string, act: (request: string) => Promise<void>) =>
    void command.send(what, async (request) => {
      try {
        await act(request);
        if (done) toasts.show(done);
      } catch (error) {
        const { message, hint } = problemOf(error);
        toasts.show(`${message} ${hint}`.trim(), { kind: "problem" });
      }
    });
  const undo = () => step("undo", t("history.undone", { words: undoWords }), (id) => platform.undo(project, id));
  const redo = () => step("redo", t("history.redone", { words: redoWords }), (id) => platform.redo(project, id));
  useUndoKeys(canUndo ? undo : null, canRedo ? redo : null);

  return (
    <div className={styles.controls}>
      <Button
        look="quiet"
        icon={<Undo2 size={15} />}
        aria-label={canUndo ? t("history.undo_what", { words: undoWords }) : t("history.undo")}
        aria-keyshortcuts="Control+Z"
        title={canUndo ? t("history.undo_what", { words: undoWords }) : t("history.no_undo")}
        disabled={!canUndo}
        busy={command.busy}
        data-testid="undo"
        onClick={undo}
      />
      <Button
        look="quiet"
        icon={<Redo2 size={15} />}
        aria-label={canRedo ? t("history.redo_what", { words: redoWords }) : t("history.redo")}
        aria-keyshortcuts="Control+Shift+Z"
        title={canRedo ? t("history.redo_what", { words: redoWords }) : t("history.no_redo")}
        disabled={!canRedo}
        busy={command.busy}
        data-testid="redo"
        onClick={redo}
      />
      <div className={styles.place}>
        <Button
          look="quiet"
          icon={<History size={15} />}
          aria-label={t("history.open")}
          title={t("history.open")}
          aria-haspopup="dialog"
          aria-expanded={open}
          data-testid="history"
          onClick={() => setOpen(!open)}
        />
        {open && (
          <Popover label={t("history.open")} align="end" onClose={() => setOpen(false)}>
            <HistoryList
              editions={history.editions}
              busy={command.busy}
              onGo={(number) => {
                setOpen(false);
                step(`go ${number}`, "", (id) => platform.goToEdition(project, id, number));
              }}
            />
          </Popover>
        )}
      </div>
    </div>
  );
}

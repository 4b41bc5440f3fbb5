import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { EditableText } from "../../components/EditableText";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import { useCommand } from "../../lib/command";
import type { ShotView } from "../../platform/types";
import styles from "./Inspector.module.css";

interface Props {
  project: string;
  shot: ShotView;
}

/** What happens in the shot; changing it asks first what that would touch. */
export function ShotAction({ project, shot }: Props) {
  const { platform } = useServices();
  const command = useCommand();
  const [editing, setEditing] = useState(false);
  if (!shot.frameSlot) return shot.action;
  return (
    <>
      <EditableText
        value={shot.action}
        label={t("edit.action")}
        editing={editing}
        onEditing={setEditing}
        onCommit={(action) =>
          void command.send(action, (request) =>
            platform.proposeChange(project, request, {
              kind: "shot",
              shot: shot.id,
              framing: null,
              camera: null,
              durationMs: null,
              action,
            }),
          )
        }
      >
        <button
          type="button"
          className={styles.edit}
          title={t("edit.action")}
          aria-busy={command.busy || undefined}
          data-testid="edit-action"
          onClick={() => setEditing(true)}
        >
          {shot.action} <Pencil size={11} aria-hidden />
        </button>
      </EditableText>
      {command.problem && <ProblemNote problem={command.problem} />}
    </>
  );
}

export function RemoveShot({ project, shot }: Props) {
  const { platform } = useServices();
  const command = useCommand();
  return (
    <div className={styles.remove}>
      {command.problem && <ProblemNote problem={command.problem} />}
      <Button
        look="quiet"
        icon={<Trash2 size={13} />}
        busy={command.busy}
        title={t("edit.remove_why")}
        data-testid="remove-shot"
        onClick={() =>
          void command.send("remove", (request) =>
            platform.proposeChange(project, request, { kind: "remove_shot", shot: shot.id }),
          )
        }
      >
        {t("edit.remove")}
      </Button>
    </div>
  );
}

import { ArrowLeft, ArrowRight, Pencil, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useServices } from "../../app/services";
import { Button } from "../../components/Button";
import { EditableText } from "../../components/EditableText";
import { ProblemNote } from "../../components/ProblemNote";
import { capital, shotLength, t, word } from "../../i18n";
import { useCommand } from "../../lib/command";
import type { CastView, ChangeRequest, ShotView } from "../../platform/types";
import styles from "./Inspector.module.css";

interface Props {
  project: string;
  shot: ShotView;
}

/** Asks what a change would touch; the answer comes in the conversation. */
function useChange(project: string) {
  const { platform } = useServices();
  const command = useCommand();
  const propose = (change: ChangeRequest) =>
    void command.send(JSON.stringify(change), (request) => platform.proposeChange(project, request, change));
  return { ...command, propose };
}

/** Another shot in its place; what is not named stays. */
const shotChange = (
  shot: ShotView,
  change: Partial<Record<"action" | "framing" | "camera", string>> & { durationMs?: number },
): ChangeRequest => ({
  ...{ kind: "shot", shot: shot.id, action: null, framing: null, camera: null, durationMs: null },
  ...change,
});

interface EditProps {
  project: string;
  /** What it says now, as it is edited. */
  value: string;
  label: string;
  name: string;
  /** What is asked for; null when what was written cannot be that. */
  change: (written: string) => ChangeRequest | null;
  children: ReactNode;
}

/** Words that are changed where they stand. */
function Edit({ project, value, label, name, change, children }: EditProps) {
  const { busy, problem, propose } = useChange(project);
  const [editing, setEditing] = useState(false);
  return (
    <>
      <EditableText
        value={value}
        label={label}
        editing={editing}
        onEditing={setEditing}
        onCommit={(written) => {
          const wanted = change(written);
          if (wanted) propose(wanted);
        }}
      >
        <button
          type="button"
          className={styles.edit}
          title={label}
          aria-busy={busy || undefined}
          data-testid={name}
          onClick={() => setEditing(true)}
        >
          {children} <Pencil size={11} aria-hidden />
        </button>
      </EditableText>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}

/** What happens in the shot. */
export function ShotAction({ project, shot }: Props) {
  if (!shot.frameSlot) return shot.action;
  const change = (action: string) => shotChange(shot, { action });
  return (
    <Edit project={project} value={shot.action} label={t("edit.action")} name="edit-action" change={change}>
      {shot.action}
    </Edit>
  );
}

/** The line that is heard over the shot. Several lines are changed in words. */
export function ShotLine({ project, shot }: Props) {
  const quoted = t("inspector.quote", { text: shot.narration });
  if (!shot.line) return quoted;
  const change = (text: string): ChangeRequest => ({ kind: "line", line: shot.line, text });
  return (
    <Edit project={project} value={shot.narration} label={t("edit.line")} name="edit-line" change={change}>
      {quoted}
    </Edit>
  );
}

/** Shorter is a flash; longer is a film of its own. */
const [SHORTEST_S, LONGEST_S] = [0.5, 120];

/** How long the shot is, in seconds; the others keep their length. */
export function ShotLength({ project, shot }: Props) {
  const shown = shotLength(shot.durationMs);
  if (!shot.frameSlot) return shown;
  const change = (written: string) => {
    const seconds = Number(written.replace(",", ".").replace(/\s*s$/, ""));
    const fits = seconds >= SHORTEST_S && seconds <= LONGEST_S;
    return fits ? shotChange(shot, { durationMs: Math.round(seconds * 1000) }) : null;
  };
  return (
    <Edit
      project={project}
      value={(shot.durationMs / 1000).toFixed(1)}
      label={t("edit.length")}
      name="edit-length"
      change={change}
    >
      {shown}
    </Edit>
  );
}

const CHOICES = {
  framing: ["establishing", "wide", "full", "medium", "close_up", "over_shoulder", "insert"],
  camera: ["hold", "push_in", "pull_out", "pan_left", "pan_right", "tilt_up", "tilt_down", "drift", "handheld"],
} as const;

/** How the shot is framed, or what its camera does, out of the words there are for it. */
export function ShotChoice({ project, shot, field }: Props & { field: keyof typeof CHOICES }) {
  const { busy, problem, propose } = useChange(project);
  return (
    <>
      <select
        className={styles.choice}
        value={shot[field]}
        disabled={busy}
        aria-label={t(field === "framing" ? "edit.framing" : "edit.camera")}
        data-testid={`edit-${field}`}
        onChange={(event) => propose(shotChange(shot, { [field]: event.target.value }))}
      >
        {CHOICES[field].map((each) => (
          <option key={each} value={each}>
            {capital(word(field, each))}
          </option>
        ))}
      </select>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}

/** The shots of its scene, in order. */
interface PlaceProps extends Props {
  among: readonly ShotView[];
}

/** Where the shot stands in its scene: a shot more after it, one place to the front or to the back, or out. */
export function ShotPlace({ project, shot, among }: PlaceProps) {
  const { busy, problem, propose } = useChange(project);
  const [adding, setAdding] = useState(false);
  const at = among.findIndex(({ id }) => id === shot.id);
  const next = among[at + 1];
  const earlier = () => propose({ kind: "move_shot", shot: shot.id, after: among[at - 2]?.id ?? "" });
  const later = () => next && propose({ kind: "move_shot", shot: shot.id, after: next.id });
  return (
    <div className={styles.place}>
      {problem && <ProblemNote problem={problem} />}
      <div className={styles.moves}>
        <Button
          look="quiet"
          icon={<ArrowLeft size={13} />}
          disabled={at <= 0 || busy}
          data-testid="shot-earlier"
          onClick={earlier}
        >
          {t("edit.earlier")}
        </Button>
        <Button
          look="quiet"
          icon={<ArrowRight size={13} />}
          disabled={!next || busy}
          data-testid="shot-later"
          onClick={later}
        >
          {t("edit.later")}
        </Button>
      </div>
      <EditableText
        value=""
        label={t("edit.add_what")}
        editing={adding}
        onEditing={setAdding}
        onCommit={(action) => propose({ kind: "insert_shot", after: shot.id, action })}
      >
        <Button
          look="quiet"
          icon={<Plus size={13} />}
          busy={busy}
          data-testid="add-shot"
          title={t("edit.add_why")}
          onClick={() => setAdding(true)}
        >
          {t("edit.add")}
        </Button>
      </EditableText>
      <Button
        look="quiet"
        icon={<Trash2 size={13} />}
        busy={busy}
        title={t("edit.remove_why")}
        data-testid="remove-shot"
        onClick={() => propose({ kind: "remove_shot", shot: shot.id })}
      >
        {t("edit.remove")}
      </Button>
    </div>
  );
}

/** What somebody is called. */
export function CastName({ project, known }: { project: string; known: CastView }) {
  const change = (name: string): ChangeRequest => ({ kind: "rename_character", cast: known.id, name });
  return (
    <Edit project={project} value={known.name} label={t("edit.name")} name="edit-name" change={change}>
      {known.name}
    </Edit>
  );
}

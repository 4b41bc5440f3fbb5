import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { Popover } from "../../components/Popover";
import { t, word } from "../../i18n";
import type { Chip } from "../../platform/types";
import styles from "./BriefCard.module.css";

interface Props {
  chip: Chip;
  busy: boolean;
  onEdit: (value: string) => void;
}

/** One value of the brief. With choices it opens them; a text alone is edited where it stands. */
export function BriefChip({ chip, busy, onEdit }: Props) {
  const [open, setOpen] = useState(false);
  const name = word("chip", chip.field);
  const editable = chip.free || chip.choices.length > 0;
  const inline = chip.free && chip.choices.length === 0;
  const take = (value: string) => {
    setOpen(false);
    if (value !== chip.value) onEdit(value);
  };
  const shown = (
    <>
      <em>{name}</em>
      <span dir="auto">{chip.label || t("brief.empty")}</span>
      {chip.assumed && <span className="unseen">{t("brief.assumed")}</span>}
    </>
  );

  if (open && inline) {
    return (
      <li className={styles.whole} data-testid={`chip-${chip.field}`}>
        <FreeText chip={chip} name={name} onTake={take} onLeave={() => setOpen(false)} />
      </li>
    );
  }
  return (
    <li className={styles.place} data-testid={`chip-${chip.field}`} data-assumed={chip.assumed}>
      {editable ? (
        <button
          type="button"
          className={`${styles.chip} ${chip.assumed ? (styles.assumed ?? "") : ""}`}
          aria-haspopup="dialog"
          aria-expanded={open}
          aria-busy={busy || undefined}
          title={chip.assumed ? t("brief.assumed_why") : t("brief.change")}
          onClick={() => setOpen(!open)}
        >
          {shown}
        </button>
      ) : (
        <span className={`${styles.chip} ${chip.assumed ? (styles.assumed ?? "") : ""}`}>{shown}</span>
      )}
      {open && (
        <Popover label={name} onClose={() => setOpen(false)}>
          <div className={styles.choices}>
            {chip.choices.map((choice) => (
              <button
                key={choice.value}
                type="button"
                aria-pressed={choice.value === chip.value}
                onClick={() => take(choice.value)}
              >
                {choice.label}
              </button>
            ))}
          </div>
          {chip.free && <FreeText chip={chip} name={name} onTake={take} onLeave={() => setOpen(false)} />}
        </Popover>
      )}
    </li>
  );
}

interface FreeTextProps {
  chip: Chip;
  name: string;
  onTake: (value: string) => void;
  onLeave: () => void;
}

function FreeText({ chip, name, onTake, onLeave }: FreeTextProps) {
  const [text, setText] = useState(chip.value);
  const keep = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onTake(text.trim());
  };
  return (
    <form className={styles.free} onSubmit={keep}>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this
        autoFocus
        rows={chip.choices.length > 0 ? 1 : Math.min(5, 1 + Math.ceil(text.length / 44))}
        dir="auto"
        value={text}
        aria-label={name}
        maxLength={2_000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) keep(event);
          if (event.key === "Escape") {
            event.stopPropagation();
            onLeave();
          }
        }}
      />
      <Button type="submit" disabled={!text.trim()}>
        {t("brief.keep")}
      </Button>
      {chip.choices.length === 0 && (
        <Button look="quiet" onClick={onLeave}>
          {t("action.cancel")}
        </Button>
      )}
    </form>
  );
}

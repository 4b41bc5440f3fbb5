import { Lock, LockOpen } from "lucide-react";
import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Picture } from "../../components/Picture";
import { money, t, word } from "../../i18n";
import type { ImpactItem } from "../../platform/types";
import { type Choices, type Group, isFree, isLocked, isMade, release, tick } from "./choices";
import styles from "./ProposalCard.module.css";

/** More of one kind than this are shown when asked for: a change of look touches every shot of a film. */
const SHOWN = 6;

interface Props {
  group: Group;
  choices: Choices;
  onChoose: Dispatch<SetStateAction<Choices>>;
}

export function ImpactGroup({ group: { kind, items }, choices, onChoose }: Props) {
  const [all, setAll] = useState(false);
  const made = items.filter((item) => isMade(item, choices)).length;
  const free = items.some((item) => isFree(item, choices));
  const name = word("impact", kind);
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <section className={styles.group} aria-label={name}>
      <h3>
        <Tick
          checked={made === items.length}
          some={made > 0 && made < items.length}
          disabled={!free}
          label={t("change.again_all", { kind: name })}
          onTick={(again) => onChoose((held) => tick(held, items, again))}
        />
        {name}
        <small className={styles.count}>{t("change.some", { n: made, total: items.length })}</small>
      </h3>
      <ul>
        {shown.map((item) => (
          <Item key={item.slot} item={item} choices={choices} onChoose={onChoose} />
        ))}
      </ul>
      {!all && items.length > SHOWN && (
        <Button look="quiet" className={styles.all ?? ""} onClick={() => setAll(true)}>
          {t("change.show_all", { n: items.length })}
        </Button>
      )}
    </section>
  );
}

function Item({ item, choices, onChoose }: Omit<Props, "group"> & { item: ImpactItem }) {
  const locked = isLocked(item, choices);
  const made = isMade(item, choices);
  const title = item.title || word("agent", item.agent);
  return (
    <li className={styles.item} data-testid="impact" data-slot={item.slot} data-made={made}>
      <Tick
        checked={made}
        disabled={!isFree(item, choices)}
        label={t("change.again", { title })}
        onTick={(again) => onChoose((held) => tick(held, [item], again))}
      />
      <span className={styles.thumb}>{item.thumb && <Picture media={item.thumb} alt="" />}</span>
      <span className={styles.what}>
        <b dir="auto" title={title}>
          {title}
        </b>
        <small dir="auto" title={item.why}>
          <span className={styles.state} data-state={locked ? "locked" : made ? item.state : "kept"}>
            {stateWords(item, locked, made)}
          </span>
          {item.mostMicros > 0 && made && ` · ${money(item.mostMicros)}`}
          {item.why && ` · ${item.why}`}
        </small>
      </span>
      {item.approved && (
        <Button
          look="quiet"
          icon={locked ? <LockOpen size={13} /> : <Lock size={13} />}
          aria-label={`${locked ? t("change.release") : t("change.lock")}: ${title}`}
          data-testid="release"
          onClick={() => onChoose((held) => release(held, item.slot, locked))}
        >
          {locked ? t("change.release") : t("change.lock")}
        </Button>
      )}
    </li>
  );
}

function stateWords(item: ImpactItem, locked: boolean, made: boolean): string {
  if (locked) return t("change.locked");
  if (!made) return t("change.kept");
  if (item.approved) return t("change.released");
  if (!item.canKeep) return t("change.must");
  return word("touch", item.state);
}

interface TickProps {
  checked: boolean;
  some?: boolean;
  disabled: boolean;
  label: string;
  onTick: (checked: boolean) => void;
}

function Tick({ checked, some = false, disabled, label, onTick }: TickProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = some;
  }, [some]);
  return (
    <input
      ref={input}
      type="checkbox"
      className={styles.tick}
      checked={checked}
      disabled={disabled}
      aria-label={label}
      title={label}
      onChange={(event) => onTick(event.target.checked)}
    />
  );
}

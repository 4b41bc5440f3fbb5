// What can be taken out, as the menu has it.

import { type Key, t } from "../../i18n";
import { type PlacedShot, placeOf } from "../../lib/shots";
import type { ExportFormat, ExportOrder, ProjectView } from "../../platform/types";

/** An order for all of it, as it is. */
export function orderOf(format: ExportFormat, more: Partial<ExportOrder> = {}): ExportOrder {
  return { format, height: null, captions: "as_made", scene: null, shot: null, atMs: null, history: true, ...more };
}

export interface Entry {
  key: Key;
  order: ExportOrder;
}

export interface Group {
  title: string;
  entries: Entry[];
}

const entry = (there: boolean, key: Key, order: ExportOrder): Entry[] => (there ? [{ key, order }] : []);

/** A shot, and the scene that it is in, alone. */
function groupOf({ scene, number, label }: PlacedShot, film: boolean, drawn: boolean): Group {
  const only = { scene, shot: number };
  return {
    title: t("export.shot", { label }),
    entries: [
      ...entry(film, "export.shot_mp4", orderOf("mp4", only)),
      ...entry(film, "export.shot_gif", orderOf("gif", only)),
      ...entry(drawn, "export.shot_still", orderOf("still", only)),
      ...entry(film, "export.scene_mp4", orderOf("mp4", { scene })),
    ],
  };
}

/** The entries that can be had now, with those of the shot that is looked at; a group without one is left out. */
export function groupsFor(view: ProjectView, looked: string | null): Group[] {
  const film = view.film !== null;
  const script = view.scenes.length > 0;
  const shots = view.shots.length > 0;
  const drawn = view.shots.some((shot) => shot.frame);
  const placed = placeOf(view, looked);
  const groups: Group[] = [
    {
      title: t("export.film"),
      entries: [
        ...entry(film, "export.mp4", orderOf("mp4")),
        ...entry(film, "export.mp4_1080", orderOf("mp4", { height: 1080 })),
        ...entry(film, "export.mp4_720", orderOf("mp4", { height: 720 })),
        ...entry(film, "export.mp4_bare", orderOf("mp4", { captions: "off" })),
        ...entry(film, "export.mp4_track", orderOf("mp4", { captions: "track" })),
        ...entry(film, "export.gif", orderOf("gif")),
        ...entry(film, "export.still", orderOf("still")),
      ],
    },
    ...(placed ? [groupOf(placed, film, Boolean(placed.shot.frame))] : []),
    {
      title: t("export.sound"),
      entries: [
        ...entry(film, "export.mp3", orderOf("mp3")),
        ...entry(film, "export.wav", orderOf("wav")),
        ...entry(film, "export.srt", orderOf("srt")),
        ...entry(film, "export.vtt", orderOf("vtt")),
      ],
    },
    {
      title: t("export.paper"),
      entries: [
        ...entry(script, "export.script_pdf", orderOf("script_pdf")),
        ...entry(script, "export.fountain", orderOf("fountain")),
        ...entry(script, "export.text", orderOf("text")),
        ...entry(shots, "export.storyboard_pdf", orderOf("storyboard_pdf")),
        ...entry(drawn, "export.pictures", orderOf("pictures")),
        ...entry(shots, "export.shot_list", orderOf("shot_list")),
      ],
    },
    {
      title: t("export.project"),
      entries: [
        { key: "export.whole", order: orderOf("project") },
        { key: "export.bare", order: orderOf("project", { history: false }) },
      ],
    },
  ];
  return groups.filter((group) => group.entries.length > 0);
}

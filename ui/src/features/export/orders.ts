// What can be taken out, as the menu has it.

import type { Key } from "../../i18n";
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
  title: Key;
  entries: Entry[];
}

/** The entries that can be had now; a group without one is left out. */
export function groupsFor(view: ProjectView): Group[] {
  const film = view.film !== null;
  const script = view.scenes.length > 0;
  const shots = view.shots.length > 0;
  const drawn = view.shots.some((shot) => shot.frame);
  const entry = (there: boolean, key: Key, order: ExportOrder): Entry[] => (there ? [{ key, order }] : []);
  const groups: Group[] = [
    {
      title: "export.film",
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
    {
      title: "export.sound",
      entries: [
        ...entry(film, "export.mp3", orderOf("mp3")),
        ...entry(film, "export.wav", orderOf("wav")),
        ...entry(film, "export.srt", orderOf("srt")),
        ...entry(film, "export.vtt", orderOf("vtt")),
      ],
    },
    {
      title: "export.paper",
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
      title: "export.project",
      entries: [
        { key: "export.whole", order: orderOf("project") },
        { key: "export.bare", order: orderOf("project", { history: false }) },
      ],
    },
  ];
  return groups.filter((group) => group.entries.length > 0);
}

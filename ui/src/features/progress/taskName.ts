import { word } from "../../i18n";

/** "Camera images, Shot 2". */
export function taskName(agent: string, title: string): string {
  return [word("agent", agent), title].filter(Boolean).join(", ");
}

// What was being written in a project, so that neither another screen nor a reload loses it.

const key = (project: string) => `workprint.draft.${project}`;

export function readDraft(project: string): string {
  return sessionStorage.getItem(key(project)) ?? "";
}

export function keepDraft(project: string, text: string): void {
  if (text === "") sessionStorage.removeItem(key(project));
  else {
    try {
      sessionStorage.setItem(key(project), text);
    } catch {
      // A text too large for the session store is still in the box.
    }
  }
}

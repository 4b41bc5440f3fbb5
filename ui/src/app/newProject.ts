// A new project, empty or with its first words. A try that failed half way goes on where it stopped: the ids of its
// requests stay until all of it is done.

import { useAction } from "../lib/action";
import { useRequests } from "../lib/request";
import type { BriefForm } from "../platform/types";
import { go } from "./route";
import { usePlatform } from "./services";

export type FirstWords = { text: string } | { form: BriefForm } | null;

export function useNewProject() {
  const platform = usePlatform();
  const requests = useRequests();
  const action = useAction();
  const make = (words: FirstWords) =>
    action.run(async () => {
      const what = JSON.stringify(words);
      const project = await platform.createProject(requests.idFor(`create ${what}`));
      const say = requests.idFor(`say ${what}`);
      if (words && "text" in words) await platform.sendMessage(project, say, words.text);
      if (words && "form" in words) await platform.submitForm(project, say, words.form);
      requests.settled(`create ${what}`);
      requests.settled(`say ${what}`);
      go({ screen: "project", project });
    });
  return { ...action, make };
}

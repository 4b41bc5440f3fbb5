// A command of a button: done once however often it is pressed, and sent again under the same id when it failed.

import { type Action, useAction } from "./action";
import { useRequests } from "./request";

export interface Command extends Omit<Action, "run"> {
  /** `what` tells one command from another; true when it went well. */
  send(what: string, act: (request: string) => Promise<unknown>): Promise<boolean>;
}

export function useCommand(): Command {
  const { run, ...action } = useAction();
  const requests = useRequests();
  return {
    ...action,
    send: (what, act) =>
      run(async () => {
        await act(requests.idFor(what));
        requests.settled(what);
      }),
  };
}

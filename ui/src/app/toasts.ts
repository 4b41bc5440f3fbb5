// Short notices at the foot of the window. A notice ends with its own CSS animation, which stops under the pointer and
// the keyboard focus, so nobody has to hurry to reach "Undo".

import { createStore, type Store } from "../lib/store";

export interface Toast {
  id: number;
  text: string;
  kind: "done" | "problem";
  action: { label: string; run: () => void } | null;
}

export interface Toasts {
  list: Store<readonly Toast[]>;
  show(text: string, options?: { kind?: Toast["kind"]; action?: Toast["action"] }): void;
  dismiss(id: number): void;
}

export function createToasts(): Toasts {
  const list = createStore<readonly Toast[]>([]);
  let last = 0;
  return {
    list,
    show(text, { kind = "done", action = null } = {}) {
      last += 1;
      const toast = { id: last, text, kind, action };
      list.set((held) => [...held.slice(-2), toast]);
    },
    dismiss(id) {
      list.set((held) => held.filter((toast) => toast.id !== id));
    },
  };
}

import { X } from "lucide-react";
import { useServices } from "../app/services";
import { t } from "../i18n";
import { useStore } from "../lib/store";
import { Button } from "./Button";
import styles from "./ToastList.module.css";

export function ToastList() {
  const { toasts } = useServices();
  const list = useStore(toasts.list);
  return (
    <div className={styles.list} role="status" aria-live="polite">
      {list.map((toast) => (
        <div
          key={toast.id}
          className={`${styles.toast} ${toast.kind === "problem" ? (styles.problem ?? "") : ""}`}
          onAnimationEnd={() => toasts.dismiss(toast.id)}
          data-testid="toast"
        >
          <span dir="auto">{toast.text}</span>
          {toast.action && (
            <Button
              look="quiet"
              className={styles.act ?? ""}
              onClick={() => {
                toast.action?.run();
                toasts.dismiss(toast.id);
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <Button
            look="quiet"
            icon={<X size={14} />}
            aria-label={t("toast.dismiss")}
            onClick={() => toasts.dismiss(toast.id)}
          />
        </div>
      ))}
    </div>
  );
}

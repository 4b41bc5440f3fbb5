import { Radar } from "lucide-react";
import { usePlatform } from "../../app/services";
import { Button } from "../../components/Button";
import { ProblemNote } from "../../components/ProblemNote";
import { t } from "../../i18n";
import type { FoundServer } from "../../platform/types";
import styles from "./Models.module.css";
import { useQuestion } from "./useServers";

/** Looks for servers on this machine when it is asked to, and offers those that answer. */
export function FoundServers({ onPick }: { onPick: (server: FoundServer) => void }) {
  const platform = usePlatform();
  const { busy, answer, ask } = useQuestion();
  const servers = answer?.kind === "found" ? answer.servers : null;
  return (
    <div className={styles.field}>
      <div className={styles.found}>
        <Button
          icon={<Radar size={14} />}
          busy={busy}
          data-testid="find-servers"
          onClick={() => void ask((request) => platform.findServers(request))}
        >
          {t("server.find")}
        </Button>
        {servers?.map((server) => (
          <Button key={server.baseUrl} data-testid="found-server" onClick={() => onPick(server)}>
            {t("server.found", { name: server.name, n: server.models.length })}
          </Button>
        ))}
      </div>
      <small role="status">{servers?.length === 0 ? t("server.none_found") : t("server.find_why")}</small>
      {answer?.kind === "failed" && <ProblemNote problem={answer.problem} />}
    </div>
  );
}

import { Download } from "lucide-react";
import { Button } from "../../components/Button";
import { t, word } from "../../i18n";
import type { ExportOrder } from "../../platform/types";
import { useExport } from "./useExport";

/** What was asked for in words, to be saved where the person chooses. */
export function ExportOffer({ project, order }: { project: string; order: ExportOrder }) {
  const saving = useExport(project);
  return (
    <div>
      <Button
        look="go"
        icon={<Download size={14} />}
        busy={saving.busy}
        data-testid="export-offer"
        onClick={() => saving.begin(order)}
      >
        {t("export.save_as", { what: word("export_kind", order.format) })}
      </Button>
    </div>
  );
}

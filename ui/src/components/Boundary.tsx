import { Component, type ReactNode } from "react";
import { t } from "../i18n";
import { Button } from "./Button";
import { ProblemNote } from "./ProblemNote";

interface Props {
  children: ReactNode;
}

/** A fault in one panel stays in that panel. */
export class Boundary extends Component<Props, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    if (!this.state.fault) return this.props.children;
    return (
      <ProblemNote problem={{ message: t("fault.message"), hint: this.state.fault.message }}>
        <Button onClick={() => this.setState({ fault: null })}>{t("fault.again")}</Button>
      </ProblemNote>
    );
  }
}

//! `ledger`: what was paid for.

use app::App;
use app::wire::LedgerView;
use serde_json::json;

use crate::commands::{self, ended};
use crate::exit::Exit;
use crate::print::{self, dollars};

pub(crate) async fn ledger(project: Option<&str>, as_json: bool) -> Exit {
    ended(
        async {
            let app = App::open_read_only(&app::home_folder()).await?;
            if let Some(project) = project {
                let ledger = app.ledger(project).await?;
                if as_json {
                    print::line(&commands::json(&ledger));
                } else {
                    table(&ledger);
                }
                return Ok(Exit::Done);
            }
            let mut all = Vec::new();
            for card in app.projects().await? {
                let ledger = app.ledger(&card.id).await?;
                if !as_json {
                    print::line(&format!("{}  {:>10}  {}", card.id, dollars(ledger.total_micros), card.title));
                }
                all.push(json!({ "project": card.id, "title": card.title, "ledger": ledger }));
            }
            if as_json {
                print::line(&commands::json(&all));
            }
            Ok(Exit::Done)
        }
        .await,
    )
}

fn table(ledger: &LedgerView) {
    for row in ledger.rows.iter().rev() {
        print::line(&format!(
            "{:>10}  {:<7} {:<24} {:<20} {}  {}",
            dollars(row.micros),
            row.kind,
            format!("{} {}", row.provider, row.model),
            row.agent.replace('_', " "),
            row.slot,
            row.units
        ));
    }
    print::line(&format!(
        "{:>10}  spent; {} reserved, {} unknown; {} today in all projects",
        dollars(ledger.total_micros),
        dollars(ledger.reserved_micros),
        dollars(ledger.unknown_micros),
        dollars(ledger.today_micros)
    ));
    for model in &ledger.by_model {
        print::note(&format!(
            "  {} {}: {} calls, {}, estimated {}",
            model.provider,
            model.model,
            model.calls,
            dollars(model.micros),
            dollars(model.estimated_micros)
        ));
    }
}
